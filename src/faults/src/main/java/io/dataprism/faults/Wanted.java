package io.dataprism.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What was asked for on the command line. */
final class Wanted {
    private final List<String> names = new ArrayList<>();
    private Effort effort = Effort.WHOLE;
    private boolean json;

    private Wanted() {}

    /**
     * Read the words.
     *
     * @throws IllegalArgumentException which says what is wrong with them
     */
    static Wanted of(List<String> words) {
        Wanted wanted = new Wanted();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            wanted.take(rest.next(), rest);
        }
        wanted.faults();
        return wanted;
    }

    private void take(String word, Iterator<String> rest) {
        switch (word) {
            case "--json" -> json = true;
            case "--brief" -> effort = Effort.BRIEF;
            case "--seconds" -> effort = effort.withRandom(Duration.ofSeconds(number(word, rest)));
            case "--seed" -> effort = effort.withSeed(number(word, rest));
            default -> {
                if (word.startsWith("-")) {
                    throw new IllegalArgumentException("unknown option '" + word
                            + "' of test --faults. Known: --json, --brief, --seconds N, --seed N");
                }
                names.add(word);
            }
        }
    }

    private static long number(String option, Iterator<String> rest) {
        String text = rest.hasNext() ? rest.next() : "";
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(option + " needs a number of at least 1, but is '" + text + "'");
        }
        return Long.parseLong(text);
    }

    boolean isJson() {
        return json;
    }

    /** Whether the whole table is to be tried, as it should be. */
    boolean isAll() {
        return names.isEmpty() && effort.equals(Effort.WHOLE);
    }

    /** Those that were named, or all. */
    List<Fault> faults() {
        List<Fault> all = FaultTable.all(effort);
        return names.isEmpty()
                ? all
                : names.stream().map(name -> named(all, name)).toList();
    }

    private static Fault named(List<Fault> all, String name) {
        Optional<Fault> found =
                all.stream().filter(fault -> fault.name().equals(name)).findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException("there is no fault '" + name + "'. There are: "
                + String.join(", ", all.stream().map(Fault::name).toList())));
    }
}
