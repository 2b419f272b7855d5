package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/** Writes to a file that fail before they pass a size, or a plugin's quota. Belongs to one context. */
final class CappedWrites implements WriteStream<Buffer> {
    private final AsyncFile file;
    private final PluginException tooMuch;
    private final WriteQuota.Share share;
    private long left;

    CappedWrites(AsyncFile file, long most, PluginException tooMuch, WriteQuota.Share share) {
        this.file = file;
        this.left = most;
        this.tooMuch = tooMuch;
        this.share = share;
    }

    @Override
    public Future<Void> write(Buffer part) {
        left -= part.length();
        if (left < 0) {
            return Future.failedFuture(tooMuch);
        }
        try {
            share.take(part.length());
        } catch (PluginException used) {
            return Future.failedFuture(used);
        }
        return file.write(part);
    }

    @Override
    public Future<Void> end() {
        return file.end();
    }

    @Override
    public CappedWrites exceptionHandler(@Nullable Handler<Throwable> handler) {
        file.exceptionHandler(handler);
        return this;
    }

    @Override
    public CappedWrites setWriteQueueMaxSize(int size) {
        file.setWriteQueueMaxSize(size);
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return file.writeQueueFull();
    }

    @Override
    public CappedWrites drainHandler(@Nullable Handler<Void> handler) {
        file.drainHandler(handler);
        return this;
    }
}
