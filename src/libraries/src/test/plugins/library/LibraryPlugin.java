package library;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.vertx.core.Future;

/** A plugin that puts a library to use when it is called, and answers with what came of it. */
public abstract class LibraryPlugin implements Plugin {
    @Override
    public final Capabilities capabilities() {
        return Capabilities.of("use", call -> Future.succeededFuture(use()));
    }

    /** Have the library do what it is for. */
    protected abstract String use() throws Exception;
}
