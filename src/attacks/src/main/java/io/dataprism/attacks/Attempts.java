package io.dataprism.attacks;

import io.dataprism.attacks.host.AttackFacts;
import io.dataprism.attacks.host.AttackJars;
import io.dataprism.attacks.host.Column;
import io.dataprism.attacks.host.Outcome;
import io.dataprism.attacks.host.Verdict;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tries attacks of one group in one column. A JVM serves as many as it stands: after one that changed, ended or hung it, a new one goes on with the rest. One
 * thread at a time.
 */
final class Attempts {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Jdk jdk;
    private final AttackJars jars;
    private final Column column;
    private final Path folder;
    private final String suitesWord;
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    private @Nullable AttackFacts current;
    private @Nullable AttackFacts last;
    private Path victim = Path.of("");
    private boolean done;
    private boolean spokeAfterDone;

    /** @param suitesWord a property of this JVM that no attack is to find out */
    Attempts(Jdk jdk, AttackJars jars, Column column, Path folder, String suitesWord) {
        this.jdk = jdk;
        this.jars = jars;
        this.column = column;
        this.folder = folder;
        this.suitesWord = suitesWord;
    }

    Map<String, Outcome> of(List<AttackFacts> attacks) throws IOException, InterruptedException {
        List<AttackFacts> open = new ArrayList<>(attacks);
        while (!open.isEmpty()) {
            tryInOneJvm(open);
            if (!open.removeIf(attack -> outcomes.containsKey(attack.id()))) {
                throw new IOException("The suite itself does not work: nothing came of "
                        + open.get(0).id());
            }
        }
        return outcomes;
    }

    private void tryInOneJvm(List<AttackFacts> open) throws IOException, InterruptedException {
        current = null;
        last = null;
        done = false;
        spokeAfterDone = false;
        Path own = Files.createDirectories(folder.resolve("jvm-" + NUMBER.incrementAndGet()));
        String word = String.valueOf(ThreadLocalRandom.current().nextInt(100_000_000, 1_000_000_000));
        try (AttackedJvm jvm = new AttackedJvm(jdk, column.hasAgent(), own, word)) {
            jvm.order(
                    "run",
                    column.name(),
                    own.toString(),
                    jars.folder().toString(),
                    suitesWord,
                    String.valueOf(ProcessHandle.current().pid()),
                    String.join(" ", open.stream().map(AttackFacts::id).toList()));
            listen(jvm, open);
            judgeTheEnd(jvm);
        }
    }

    private void listen(AttackedJvm jvm, List<AttackFacts> open) throws IOException {
        try {
            Optional<String> line = jvm.line();
            while (line.isPresent()) {
                hear(line.get().split("\t", -1), open);
                line = jvm.line();
            }
        } catch (SocketTimeoutException silent) {
            if (current != null) {
                outcomes.put(current.id(), new Outcome(Verdict.HUNG, "the whole JVM said nothing any more"));
                last = current;
                current = null;
            }
        }
    }

    private void hear(String[] words, List<AttackFacts> open) throws IOException {
        switch (words[0]) {
            case "start" -> {
                current = open.stream()
                        .filter(attack -> attack.id().equals(words[1]))
                        .findFirst()
                        .orElseThrow();
                victim = Path.of(words[2]);
            }
            case "end" -> {
                outcomes.put(words[1], new Outcome(Verdict.valueOf(words[2]), words[3]));
                last = current;
                current = null;
            }
            case "done" -> done = true;
            case "broken" -> throw new IOException("The attacked host itself failed: " + words[1]);
            default -> spokeAfterDone |= done;
        }
    }

    /** What shows only now that the JVM ended. */
    private void judgeTheEnd(AttackedJvm jvm) throws IOException, InterruptedException {
        Optional<Integer> status = jvm.status();
        AttackFacts attack = current;
        if (attack != null) {
            String words =
                    "the JVM ended with status " + status.map(String::valueOf).orElse("none");
            boolean meant = attack.proof().equals("EXIT") && status.isPresent();
            outcomes.put(attack.id(), new Outcome(meant ? Verdict.SUCCEEDED : Verdict.KILLED, words));
        } else if (last != null && last.needsTheEnd()) {
            if (spokeAfterDone) {
                outcomes.put(last.id(), new Outcome(Verdict.SUCCEEDED, "it spoke while the JVM ended"));
            } else if (Files.notExists(victim)) {
                outcomes.put(last.id(), new Outcome(Verdict.SUCCEEDED, "a file was gone when the JVM had ended"));
            }
        } else if (!done && last == null) {
            throw new IOException("A JVM for attacks ended before any. It wrote:\n" + jvm.written());
        }
    }
}
