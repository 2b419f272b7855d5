package io.dataprism.kernel.messaging;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A JSON array that nobody can change; its items are frozen, too. Made by {@link Payloads}, which hands its array over. */
@SuppressWarnings("NullAway") // JSON's null is a null in the list
final class FrozenList extends AbstractList<Object> implements RandomAccess {
    private final @Nullable Object[] items;
    private final int height;
    private final long weight;
    private final boolean handles;

    FrozenList(@Nullable Object[] items) {
        this.items = items;
        int highest = 0;
        long heaviest = Weights.OBJECT;
        boolean found = false;
        for (Object item : items) {
            highest = Math.max(highest, Payloads.height(item));
            heaviest = Weights.sum(heaviest, Weights.of(item));
            found |= Handles.standIn(item);
        }
        this.height = highest + 1;
        this.weight = heaviest;
        this.handles = found;
    }

    /** Whether a handle of a table or view stands in it. */
    boolean hasHandles() {
        return handles;
    }

    /** Each item as it is held, buffers included. */
    void forEachHeld(Consumer<@Nullable Object> action) {
        for (Object item : items) {
            action.accept(item);
        }
    }

    /** A copy that whoever gets it may change, all the way down. */
    List<Object> thaw() {
        List<Object> copy = new ArrayList<>(items.length);
        for (Object item : items) {
            copy.add(Payloads.thaw(item));
        }
        return copy;
    }

    /** How many levels of JSON there are, this one included. */
    int height() {
        return height;
    }

    /** About how many bytes of heap it takes. */
    long weight() {
        return weight;
    }

    @Override
    public Object get(int index) {
        return Payloads.member(items[index]);
    }

    @Override
    public int size() {
        return items.length;
    }

    @Override
    public void add(int index, Object item) {
        throw FrozenMap.refused();
    }

    @Override
    public Object set(int index, Object item) {
        throw FrozenMap.refused();
    }

    @Override
    public Object remove(int index) {
        throw FrozenMap.refused();
    }
}
