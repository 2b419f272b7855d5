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

    /** What is left of the block that its slices use. Of them. */
    private long own;

    SentIds(MessageIds ids) {
        this.ids = ids;
    }

    /** The next one, in the party's slices, where nobody else takes one. */
    long nextInSlice() {
        long id = (own & MessageIds.BLOCK - 1) == 0 ? ids.block() : own;
        own = id + 1;
        return id;
    }

    /** The next one, on any thread. */
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
