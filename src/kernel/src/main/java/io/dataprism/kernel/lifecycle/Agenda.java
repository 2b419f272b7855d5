package io.dataprism.kernel.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Which plugins are to be looked at again, and when. Owned by the lifecycle thread. */
final class Agenda {
    private final NavigableSet<Entry> entries =
            new TreeSet<>(Comparator.comparingLong(Entry::at).thenComparingLong(entry -> entry.slot.place));
    private final Map<PluginSlot, Entry> bySlot = new HashMap<>();
    private final long began = System.nanoTime();

    private record Entry(long at, PluginSlot slot) {}

    /** Look at {@code slot} after {@code delay}, and not when it was meant to be before. */
    void put(PluginSlot slot, Duration delay) {
        Entry entry = new Entry(now() + LifecycleThread.nanos(delay), slot);
        Entry before = bySlot.put(slot, entry);
        if (before != null) {
            entries.remove(before);
        }
        entries.add(entry);
    }

    /** {@code slot} is gone. */
    void forget(PluginSlot slot) {
        Entry entry = bySlot.remove(slot);
        if (entry != null) {
            entries.remove(entry);
        }
    }

    /** How many are to be looked at again. */
    int size() {
        return entries.size();
    }

    /** Take those that are due. */
    List<PluginSlot> due() {
        long now = now();
        List<PluginSlot> due = new ArrayList<>();
        while (!entries.isEmpty() && entries.first().at <= now) {
            PluginSlot slot = entries.pollFirst().slot;
            bySlot.remove(slot);
            due.add(slot);
        }
        return due;
    }

    private long now() {
        return System.nanoTime() - began;
    }
}
