package io.dataprism.sandbox.census;

import io.dataprism.sandbox.PluginClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Counts what plugins retain of the heap, beside the running program, which it neither stops nor asks anything: no method of a plugin's is called, none of
 * its classes is initialized. What changes meanwhile is counted as it was or as it became.
 *
 * <p>A plugin's is what is reachable from its instance, static fields of its classes, the threads that it made, what other threads keep for its thread-locals,
 * and what the node holds for it. Counting stops at other plugins, at the node, and at what the JDK holds itself. What a plugin and one that it uses both
 * reach is the latter's; what two others both reach is on each one's count. Soft references count, weak ones do not. Not seen: variables of methods that
 * run just now, memory outside the heap.
 *
 * <p>May be used by any thread, by one at a time; takes a few bytes for each object while it counts.
 */
public final class Census {
    private final HeldTypes held;
    private final Room room;

    /**
     * @param held what of the node's classes is made for one plugin alone
     * @param goesOn asked now and then; counting ends early once it says no
     */
    public Census(HeldTypes held, BooleanSupplier goesOn) {
        this.held = held;
        this.room = new Room(goesOn);
    }

    /** Whether memory can be read in this JVM: by the agent, or by {@link #opening}. */
    public static boolean isPossible() {
        return RawMemory.isOpen();
    }

    /** The option of the JVM that lets memory be read where there is no agent. */
    public static String opening() {
        Module module = Census.class.getModule();
        return "--add-exports java.base/" + RawMemory.PACKAGE + "="
                + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
    }

    /** What of the JDK the agent has to export to the module of this class. Reads nothing yet, or it would find it closed. */
    public static String exported() {
        return RawMemory.PACKAGE;
    }

    /** How many threads live that a plugin made, by the name of each subject. */
    public static Map<String, Integer> threads(List<Subject> subjects) {
        List<Thread> all = ThreadFields.all();
        Map<String, Integer> threads = new HashMap<>();
        subjects.forEach(subject -> threads.put(
                subject.name(),
                ThreadFields.madeBy(new Territory(subject.loader()).own(), all).size()));
        return threads;
    }

    /**
     * What each of {@code subjects} retains, by name.
     *
     * @param subjects all plugins, since what belongs to whom follows from all of them
     * @throws IllegalStateException where it is not possible
     */
    public Map<String, Retained> take(List<Subject> subjects) {
        if (!isPossible()) {
            throw new IllegalStateException("Memory can't be read here; start the JVM with " + opening());
        }
        return new Round(subjects).take();
    }

    /** One count of all. */
    private final class Round {
        private final Map<PluginClassLoader, Subject> left = new LinkedHashMap<>();
        private final Set<PluginClassLoader> usedByOthers = new HashSet<>();
        private final Map<PluginClassLoader, IdentitySet> reached = new HashMap<>();
        private final CommonGround common = new CommonGround(held, room);
        private final List<Thread> threads = ThreadFields.all();
        private final List<ThreadFields.Local> locals = ThreadFields.locals(threads);
        private final Map<String, Retained> results = new HashMap<>();

        Round(List<Subject> subjects) {
            for (Subject subject : subjects) {
                left.put(subject.loader(), subject);
                usedByOthers.addAll(new Territory(subject.loader()).used());
            }
        }

        Map<String, Retained> take() {
            for (PluginClassLoader each : new LinkedHashSet<>(left.keySet())) {
                count(each);
            }
            return results;
        }

        /** Those that it uses first: what both reach is theirs. No plugin uses itself, however indirectly. */
        private void count(PluginClassLoader loader) {
            Subject subject = left.remove(loader);
            if (subject == null) {
                return;
            }
            Territory territory = new Territory(loader);
            territory.used().forEach(this::count);
            List<IdentitySet> taken = new ArrayList<>();
            territory.used().stream().map(reached::get).filter(Objects::nonNull).forEach(taken::add);
            Set<Thread> own = ThreadFields.madeBy(territory.own(), threads);
            Walk walk = new Walk(territory, common, room, taken, own);
            results.put(subject.name(), walk.result(walked(walk, subject, own)));
            if (usedByOthers.contains(loader)) {
                reached.put(loader, walk.seen());
            }
        }

        /** Why it ended early, if it did. */
        private Optional<String> walked(Walk walk, Subject subject, Set<Thread> own) {
            try {
                walk.from(subject.roots());
                for (ThreadFields.Local local : locals) {
                    if (!own.contains(local.thread())) {
                        walk.local(local.key(), local.value());
                    }
                }
                return Optional.empty();
            } catch (Room.NoRoomException e) {
                return Optional.ofNullable(e.getMessage());
            } catch (OutOfMemoryError e) {
                return Optional.of("memory ran out while counting");
            } catch (RuntimeException | Error e) {
                // Whatever a plugin's classes bring about is on its count alone: the others' are whole.
                return Optional.of("it could not be read: " + e.getClass().getName());
            }
        }
    }
}
