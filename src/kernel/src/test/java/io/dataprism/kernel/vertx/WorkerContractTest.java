package io.dataprism.kernel.vertx;

/** Vert.x's workers, by its supported API alone. */
class WorkerContractTest extends MailboxContract {

    @Override
    SlicePlace place() {
        return SlicePlace.CARRIERS;
    }

    @Override
    boolean supportedApiOnly() {
        return true;
    }
}
