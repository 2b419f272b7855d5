package io.dataprism.kernel.admission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * Which versions an advisory is about, as the OSV format tells it: those that are named, and those behind an {@code introduced} that no {@code fixed} or
 * {@code last_affected} has ended. Versions are compared as Maven does.
 *
 * @param named one by one
 * @param events of all ranges
 */
record VersionEvents(List<String> named, List<List<Event>> events) {
    VersionEvents {
        named = List.copyOf(named);
        events = List.copyOf(events);
    }

    /** What happens at a version. */
    record Event(Kind kind, String version) {
        private static final String BEGINNING = "0";

        /** Where nothing is said of the beginning, it is before all. */
        private int compareTo(ComparableVersion other) {
            return kind == Kind.INTRODUCED && version.equals(BEGINNING)
                    ? -1
                    : new ComparableVersion(version).compareTo(other);
        }
    }

    /** Kinds, in the order in which they count at the same version. */
    enum Kind {
        INTRODUCED,
        FIXED,
        LAST_AFFECTED;

        /** As a record writes it. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean include(String version) {
        ComparableVersion asked = new ComparableVersion(version);
        return named.contains(version) || events.stream().anyMatch(range -> isWithin(range, asked));
    }

    private static boolean isWithin(List<Event> range, ComparableVersion asked) {
        List<Event> inOrder = new ArrayList<>(range);
        inOrder.sort(Comparator.comparing((Event event) -> event.version().equals(Event.BEGINNING) ? 0 : 1)
                .thenComparing(event -> new ComparableVersion(event.version()))
                .thenComparing(Event::kind));
        boolean within = false;
        for (Event event : inOrder) {
            int order = event.compareTo(asked);
            within = switch (event.kind()) {
                case INTRODUCED -> within || order <= 0;
                case FIXED -> within && order > 0;
                case LAST_AFFECTED -> within && order >= 0;
            };
        }
        return within;
    }

    /** In which versions it is mended. */
    List<String> fixedIn() {
        return events.stream()
                .flatMap(List::stream)
                .filter(event -> event.kind() == Kind.FIXED)
                .map(Event::version)
                .distinct()
                .toList();
    }
}
