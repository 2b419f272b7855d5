package io.dataprism.bench.lane;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The sender of those peers that know no senders: a thread of its own. */
abstract class SenderThread implements MessageLane {
    private final ExecutorService sender = Executors.newSingleThreadExecutor();

    @Override
    public final void execute(Runnable step) {
        sender.execute(step);
    }

    @Override
    public void close() throws Exception {
        sender.shutdownNow();
    }
}
