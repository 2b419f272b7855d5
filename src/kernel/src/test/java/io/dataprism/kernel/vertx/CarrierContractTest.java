package io.dataprism.kernel.vertx;

/** The usual way: carriers of our own. */
class CarrierContractTest extends MailboxContract {

    @Override
    SlicePlace place() {
        return SlicePlace.CARRIERS;
    }
}
