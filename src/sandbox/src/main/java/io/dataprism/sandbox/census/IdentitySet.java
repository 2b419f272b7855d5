package io.dataprism.sandbox.census;

import org.jspecify.annotations.Nullable;

/** A set of objects by what they are, not by what they say of themselves: 4 to 16 bytes for each. Owned by one thread. */
final class IdentitySet {
    private static final int FEW = 1 << 8;
    private static final int SPREAD = 0x9E3779B9;

    private final Room room;
    private @Nullable Object[] table = new @Nullable Object[FEW];
    private int shift = Integer.SIZE - Integer.numberOfTrailingZeros(FEW);
    private int size;

    /** @param room asked before it grows */
    IdentitySet(Room room) {
        this.room = room;
    }

    int size() {
        return size;
    }

    boolean contains(Object object) {
        return table[place(table, object)] != null;
    }

    /** Whether it was not in it before. */
    boolean add(Object object) {
        int place = place(table, object);
        if (table[place] != null) {
            return false;
        }
        table[place] = object;
        size++;
        if (size > table.length / 2) {
            grow();
        }
        return true;
    }

    /** Where {@code object} is, or would be. */
    private int place(@Nullable Object[] in, Object object) {
        int place = (System.identityHashCode(object) * SPREAD) >>> shift;
        while (in[place] != null && in[place] != object) {
            place = (place + 1) & (in.length - 1);
        }
        return place;
    }

    private void grow() {
        @Nullable Object[] before = table;
        room.take(2L * before.length * RawMemory.REFERENCE);
        @Nullable Object[] wider = new @Nullable Object[2 * before.length];
        shift--;
        for (Object object : before) {
            if (object != null) {
                wider[place(wider, object)] = object;
            }
        }
        table = wider;
    }
}
