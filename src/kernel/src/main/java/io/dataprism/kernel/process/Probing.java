package io.dataprism.kernel.process;

import io.dataprism.child.wire.Op;
import io.vertx.core.Future;

/** Asks a child again and again whether it is well, and waits for one answer at a time. Safe to use from any thread. */
final class Probing {
    private final ProcessLink link;
    private final Op op;
    private long last;

    Probing(ProcessLink link, Op op) {
        this.link = link;
        this.op = op;
    }

    /** Its answer; what it was asked before and has not answered, nobody waits for any more. */
    Future<Void> ask() {
        ProcessLink.Question asked = link.question(op, out -> {});
        long before;
        synchronized (this) {
            before = last;
            last = asked.number();
        }
        link.forget(before, "It was asked again before it had answered.");
        return asked.answer().mapEmpty();
    }
}
