package io.dataprism.kernel.vertx;

import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Virtual threads, for trusted plugins. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadContractTest extends MailboxContract {

    @Override
    SlicePlace place() {
        return SlicePlace.VIRTUAL_THREADS;
    }

    @Override
    boolean isMetered() {
        return false;
    }
}
