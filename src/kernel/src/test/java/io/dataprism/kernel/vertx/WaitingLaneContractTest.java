package io.dataprism.kernel.vertx;

/** The lane for plugins that wait. */
class WaitingLaneContractTest extends MailboxContract {

    @Override
    SlicePlace place() {
        return SlicePlace.WAITING_LANE;
    }
}
