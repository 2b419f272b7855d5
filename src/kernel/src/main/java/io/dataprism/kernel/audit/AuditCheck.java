package io.dataprism.kernel.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Verifies a log, line by line in its order, against itself and against heads. Owned by one thread. */
final class AuditCheck {
    /** More of them tell nothing more. */
    private static final int MOST_FINDINGS = 200;

    private final Map<Long, List<Head>> heads = new HashMap<>();
    private final int headCount;
    private final List<String> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<Rotation> rotations = new HashSet<>();

    private long lines;
    private long first;
    private long sequence;
    private String beginning = "";
    /** What the next line may name as the hash before it. */
    private Set<String> before = Set.of();

    private String hash = "";
    private long suppressed;

    AuditCheck(List<Head> heads) {
        headCount = heads.size();
        heads.forEach(head -> this.heads
                .computeIfAbsent(head.sequence(), any -> new ArrayList<>())
                .add(head));
    }

    /** @param isLast whether the log ends with it, so that the node may be writing it, or was ended while it did */
    void file(AuditFile file, boolean isLast) throws IOException {
        AuditFile.Content content = file.read();
        int number = 0;
        for (byte[] bytes : content.lines()) {
            line(bytes, file.name() + ", line " + ++number);
        }
        if (content.unfinished() > 0 && isLast) {
            notes.add(
                    "The log ends with " + content.unfinished()
                            + " bytes of a line that has no end: it is being written, or the node was ended meanwhile. The next start cuts it off and says so.");
        } else if (content.unfinished() > 0) {
            find(file.name() + " ends within a line, though the log goes on in another file.");
        }
    }

    private void line(byte[] bytes, String place) {
        lines++;
        AuditLine line;
        try {
            line = AuditLine.read(bytes);
        } catch (NoAuditLineException e) {
            unreadable(place, e);
            return;
        }
        boolean sealed = AuditLine.isSealed(bytes);
        if (!sealed) {
            find("Line " + line.sequence() + " (" + place + ") was altered: its hash is not that of its bytes.");
        }
        follow(line, place);
        Set<String> next = new HashSet<>(Set.of(line.hash()));
        if (!sealed) {
            // After damage at the end a node goes on behind the last line that was whole.
            next.addAll(before);
        }
        before = next;
        hash = line.hash();
        Rotation.of(line).filter(any -> sealed).ifPresent(rotations::add);
        hold(line);
    }

    private void unreadable(String place, NoAuditLineException why) {
        if (sequence > 0) {
            sequence++;
        }
        find("Line " + (sequence > 0 ? sequence + " (" + place + ")" : place) + " was altered: " + why.getMessage()
                + ".");
        before = Set.of();
    }

    /** Whether it stands behind the line before. */
    private void follow(AuditLine line, String place) {
        if (first == 0) {
            first = line.sequence();
            beginning = line.prev();
        } else if (line.sequence() > sequence + 1) {
            find(missing(sequence + 1, line.sequence() - 1) + " before line " + line.sequence() + " (" + place + ").");
        } else if (line.sequence() <= sequence) {
            find("Line " + line.sequence() + " (" + place + ") stands behind line " + sequence
                    + ": it was put there, or copied.");
        } else if (!before.isEmpty() && !before.contains(line.prev())) {
            find("Line " + line.sequence() + " (" + place
                    + ") does not continue the line before: that one was replaced, or what follows it.");
        }
        sequence = Math.max(sequence, line.sequence());
    }

    private static String missing(long from, long to) {
        return from == to ? "Line " + from + " was removed" : "Lines " + from + " to " + to + " were removed";
    }

    private void hold(AuditLine line) {
        for (Head head : heads.getOrDefault(line.sequence(), List.of())) {
            if (!head.hash().equals(line.hash())) {
                find("Line " + line.sequence() + " is not the one that the heads name, as of " + head.at()
                        + ": the log was replaced, or written anew from there or before.");
            }
        }
    }

    AuditVerdict verdict() {
        begins();
        ends();
        if (suppressed > 0) {
            findings.add("And " + suppressed + " more of the kind.");
        }
        return new AuditVerdict(lines, first, sequence, hash, headCount, findings, notes);
    }

    private void begins() {
        if (lines == 0) {
            return;
        }
        if (first == 1 && !beginning.equals(AuditLine.BEGINNING)) {
            find("The first line names a line before it: the log was cut, and numbered anew.");
        } else if (first > 1 && !rotations.contains(new Rotation(first - 1, beginning))) {
            find(missing(1, first - 1) + ", and no line of a rotation stands for them.");
        } else if (first > 1) {
            notes.add("Lines 1 to " + (first - 1) + " were rotated out; line " + first
                    + " continues them, as the rotation says.");
        }
    }

    private void ends() {
        heads.values().stream()
                .flatMap(List::stream)
                .filter(head -> head.sequence() > sequence)
                .max((one, other) -> Long.compare(one.sequence(), other.sequence()))
                .ifPresent(head -> find("The log's end was cut off: the heads name line " + head.sequence() + ", as of "
                        + head.at() + ", but "
                        + (lines == 0 ? "there is no line." : "it ends with line " + sequence + ".")));
        long older = heads.keySet().stream().filter(number -> number < first).count();
        if (older > 0) {
            notes.add(older + " heads are of lines that are not there any more; they say nothing of those that are.");
        }
    }

    private void find(String what) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(what);
        } else {
            suppressed++;
        }
    }
}
