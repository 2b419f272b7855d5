package io.dataprism.kernel.messaging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The ids of what one party sends: taken from its own block of numbers, so that parties on different threads do not contend for each. Safe to use
 * from any thread.
 */
final class SentIds {
    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(SentIds.class, "next", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MessageIds ids;

    @SuppressWarnings("FieldMayBeFinal") // written through NEXT
    private volatile long next;

    SentIds(MessageIds ids) {
        this.ids = ids;
    }

    long next() {
        while (true) {
            long seen = next;
            // At a block's end: what follows belongs to somebody else.
            long id = (seen & MessageIds.BLOCK - 1) == 0 ? ids.block() : seen;
            if (NEXT.compareAndSet(this, seen, id + 1)) {
                return id;
            }
        }
    }
}
