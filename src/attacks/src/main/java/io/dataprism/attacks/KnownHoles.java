package io.dataprism.attacks;

import io.dataprism.attacks.host.Column;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The attacks that are known to get through, with the reason for each: {@code known-holes.txt}. Immutable. */
public final class KnownHoles {
    private static final String FILE = "known-holes.txt";
    /** Begins the reason of what succeeds in some runs only. */
    private static final String AT_TIMES = "At times: ";

    private final List<Hole> holes;

    private KnownHoles(List<Hole> holes) {
        this.holes = List.copyOf(holes);
    }

    /**
     * One of them.
     *
     * @param since the first Java release where it is one
     * @param before the first where it is none any more
     */
    record Hole(Column column, String attack, int since, int before, String why) {
        boolean isOf(int feature) {
            return since <= feature && feature < before;
        }
    }

    public static KnownHoles read() throws IOException {
        try (InputStream stream = Objects.requireNonNull(KnownHoles.class.getResourceAsStream(FILE), FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return parse(lines.lines().toList());
        }
    }

    /** @throws IllegalArgumentException for a line that is none */
    static KnownHoles parse(List<String> lines) {
        List<Hole> holes = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                holes.add(hole(line));
            }
        }
        return new KnownHoles(holes);
    }

    private static Hole hole(String line) {
        String[] parts = line.strip().split(" {2,}", 2);
        String[] words = parts[0].split(" ", -1);
        if (parts.length < 2 || words.length % 2 != 0) {
            throw new IllegalArgumentException(
                    FILE + ": '" + line
                            + "' is no known hole: expected 'COLUMN attack/id since 22 before 24  WHY', the releases being optional.");
        }
        int since = 0;
        int before = Integer.MAX_VALUE;
        for (int i = 2; i < words.length; i += 2) {
            if (words[i].equals("since")) {
                since = Integer.parseInt(words[i + 1]);
            } else {
                before = Integer.parseInt(words[i + 1]);
            }
        }
        return new Hole(Column.valueOf(words[0]), words[1], since, before, parts[1]);
    }

    /** Why an attack is known to get through, or an empty text. */
    String why(String attack, Column column, int feature) {
        return holes.stream()
                .filter(hole -> hole.attack().equals(attack) && hole.column() == column && hole.isOf(feature))
                .map(Hole::why)
                .findFirst()
                .orElse("");
    }

    /** What of a report is not as the list has it: new holes, and entries that are no hole any more. */
    public List<String> differences(SuiteReport report, Column column) {
        int feature = report.jdk().feature();
        Set<String> open = new TreeSet<>(report.holes(column));
        List<String> differences = new ArrayList<>();
        open.stream()
                .filter(attack -> why(attack, column, feature).isEmpty())
                .forEach(attack -> differences.add("NEW HOLE: " + attack + ", " + column.title() + ", Java " + feature
                        + ": " + report.outcome(attack, column).orElseThrow().detail()));
        holes.stream()
                .filter(hole -> !hole.why().startsWith(AT_TIMES))
                .filter(hole -> hole.column() == column && hole.isOf(feature) && !open.contains(hole.attack()))
                .filter(hole -> report.outcome(hole.attack(), column).isPresent()
                        || report.attacks().stream()
                                .noneMatch(attack -> attack.id().equals(hole.attack())))
                .forEach(hole -> differences.add("No hole any more: " + hole.attack() + ", " + column.title()
                        + ", Java " + feature + ". Take its line out of " + FILE + "."));
        return differences;
    }
}
