package io.dataprism.kernel.process;

import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.WireInput;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Does what a child asks for, in the plugin's slices and with the plugin's own context. */
@FunctionalInterface
interface Work {

    /**
     * @param in what was asked, all of which is to be read
     * @param number of the question
     * @return the answer, a value
     */
    Future<? extends @Nullable Object> of(WireInput in, long number) throws MalformedFrameException;
}
