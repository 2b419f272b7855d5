package io.dataprism.sandbox;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes that were read to see what they extend and that are not loaded yet, so that none is read from its jar twice: what another class names, it
 * mostly has loaded next. Keeps the last few; safe to use from any thread.
 */
final class ReadAhead {
    static final int MOST_BYTES = 1 << 20;

    /** The eldest first. */
    private final Map<String, OwnClasses.Found> kept = new LinkedHashMap<>();

    private int bytes;

    synchronized void keep(String className, OwnClasses.Found found) {
        drop(kept.put(className, found));
        bytes += found.bytes().length;
        Iterator<OwnClasses.Found> eldest = kept.values().iterator();
        while (bytes > MOST_BYTES) {
            bytes -= eldest.next().bytes().length;
            eldest.remove();
        }
    }

    /** What was kept, which is forgotten here, or null. */
    synchronized OwnClasses.@Nullable Found take(String className) {
        OwnClasses.Found found = kept.remove(className);
        drop(found);
        return found;
    }

    private void drop(OwnClasses.@Nullable Found found) {
        bytes -= found == null ? 0 : found.bytes().length;
    }

    synchronized void clear() {
        kept.clear();
        bytes = 0;
    }
}
