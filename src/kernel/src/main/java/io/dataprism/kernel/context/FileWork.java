package io.dataprism.kernel.context;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs what touches files on a plugin's blocking lane, and says what went wrong in the plugin's words. */
final class FileWork {
    private final BlockingWork blocking;
    private final FileReach reach;

    FileWork(BlockingWork blocking, FileReach reach) {
        this.blocking = blocking;
        this.reach = reach;
    }

    /** @param path as the plugin named it */
    <T> Future<T> run(String path, Callable<@Nullable T> work) {
        return blocking.run(() -> {
            try {
                return work.call();
            } catch (IOException e) {
                throw reach.failed(path, e);
            }
        });
    }
}
