package io.dataprism.kernel.vertx;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** What the kernel publishes to consumers on its node. Read on the publishing thread, and the headers also on the receivers'. */
public interface BusMail {
    /** The headers, made anew for who asks. */
    MultiMap headers();

    /** The body as one receiver's own. */
    @Nullable
    Object body();
}
