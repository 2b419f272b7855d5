package io.dataprism.sandbox.census;

import java.util.List;
import java.util.Optional;

/**
 * What one plugin retains of the heap.
 *
 * @param bytes that objects take which are reachable from what is the plugin's, itself among them
 * @param objects how many those are
 * @param classes of the plugin's own that were met or are loaded
 * @param unread some of the classes whose objects could not be looked into, by name, at most ten: there {@code bytes} is too little
 * @param cut why counting ended early, if it did: {@code bytes} is too little then
 */
public record Retained(long bytes, long objects, int classes, List<String> unread, Optional<String> cut) {
    public Retained {
        unread = List.copyOf(unread);
    }

    /** Whether all that is reachable was counted. */
    public boolean isWhole() {
        return unread.isEmpty() && cut.isEmpty();
    }
}
