package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which plugins got something to do, or began a slice, since somebody last asked. Of a node's thousands of plugins most do nothing most of the time, and to
 * look at one whose memory has left the processor's caches costs some 20 µs. Safe to use from any thread.
 */
public final class Stirred {
    private final Queue<Mark> marks = new ConcurrentLinkedQueue<>();
    private final List<Reader> readers = new CopyOnWriteArrayList<>();

    Stirred() {}

    /** What tells of {@code plugin}. */
    SliceHook hook(PluginId plugin) {
        return new Mark(plugin);
    }

    /** Somebody who wants to know, from now on. */
    public Reader reader() {
        Reader reader = new Reader();
        readers.add(reader);
        return reader;
    }

    private void handOut() {
        for (Mark mark = marks.poll(); mark != null; mark = marks.poll()) {
            // Before anybody looks at the plugin: what begins after that look marks it again.
            mark.set = false;
            for (Reader reader : readers) {
                reader.add(mark.plugin);
            }
        }
    }

    /** One who asks again and again. */
    public final class Reader {
        private Set<PluginId> seen = new LinkedHashSet<>();

        private Reader() {}

        private synchronized void add(PluginId plugin) {
            seen.add(plugin);
        }

        /** Those that stirred since the last time; whoever does so from now on is told of the next time. */
        public Set<PluginId> take() {
            handOut();
            synchronized (this) {
                Set<PluginId> taken = seen;
                seen = new LinkedHashSet<>();
                return taken;
            }
        }
    }

    private final class Mark implements SliceHook {
        private final PluginId plugin;
        private volatile boolean set;

        Mark(PluginId plugin) {
            this.plugin = plugin;
        }

        @Override
        public void ready() {
            mark();
        }

        @Override
        public void began() {
            mark();
        }

        /** Two threads that come here at once put it there twice, which is once too often and no more. */
        private void mark() {
            if (!set) {
                set = true;
                try {
                    marks.add(this);
                } catch (VirtualMachineError noRoom) {
                    // At the end of a plugin's stack, or of the heap: or nobody would be told of this plugin any more.
                    set = false;
                    throw noRoom;
                }
            }
        }
    }
}
