package io.dataprism.kernel.vertx;

/** Vert.x's event loops, for trusted plugins: one that waits holds its event loop. */
class EventLoopContractTest extends MailboxContract {

    @Override
    SlicePlace place() {
        return SlicePlace.EVENT_LOOP;
    }

    @Override
    int waiters() {
        return 0;
    }
}
