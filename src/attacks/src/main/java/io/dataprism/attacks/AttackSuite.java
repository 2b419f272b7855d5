package io.dataprism.attacks;

import io.dataprism.attacks.host.AttackFacts;
import io.dataprism.attacks.host.AttackJars;
import io.dataprism.attacks.host.Column;
import io.dataprism.attacks.host.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the attacks on one JDK: groups side by side, as many as there are processors, each in JVMs of its own. Leaves no file and no process behind. */
public final class AttackSuite implements AutoCloseable {
    private static final String WORD = "dataprism.attacks.suite";

    private final Jdk jdk;
    private final Consumer<String> progress;
    private final Path folder;
    private final AttackJars jars;
    private final List<AttackFacts> attacks;
    private final String suitesWord;

    /** @param progress is told what goes on, in lines for people */
    public AttackSuite(Jdk jdk, Consumer<String> progress) throws IOException, InterruptedException {
        this.jdk = jdk;
        this.progress = progress;
        suitesWord = String.valueOf(ThreadLocalRandom.current().nextInt(100_000_000, 1_000_000_000));
        System.setProperty(WORD, suitesWord);
        // A short path: those of Unix-domain sockets have a limit
        folder = Files.createTempDirectory("attacks");
        jars = AttackCompiler.compile(jdk, Files.createDirectories(folder.resolve("jars")));
        attacks = list();
    }

    private List<AttackFacts> list() throws IOException {
        List<AttackFacts> all = new ArrayList<>();
        try (AttackedJvm jvm = new AttackedJvm(jdk, false, Files.createDirectories(folder.resolve("list")), "0")) {
            jvm.order("list", jars.attacks().toString());
            Optional<String> line = jvm.line();
            while (line.isPresent() && !line.get().equals("done")) {
                all.add(AttackFacts.parse(line.get()));
                line = jvm.line();
            }
            if (line.isEmpty()) {
                throw new IOException("The attacks cannot be listed. The JVM wrote:\n" + jvm.written());
            }
        }
        return all;
    }

    public List<AttackFacts> attacks() {
        return attacks;
    }

    /**
     * Try attacks. Blocks until all were tried.
     *
     * @param wanted which attack in which column
     */
    public SuiteReport run(BiPredicate<AttackFacts, Column> wanted) throws InterruptedException {
        Map<Column, Map<String, Outcome>> outcomes = new EnumMap<>(Column.class);
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Column column : Column.values()) {
                Map<String, Outcome> ofColumn = new ConcurrentHashMap<>();
                outcomes.put(column, ofColumn);
                groups(attack -> wanted.test(attack, column))
                        .forEach((group, all) ->
                                running.add(workers.submit(() -> ofColumn.putAll(tried(group, column, all)))));
            }
            for (Future<?> each : running) {
                await(each);
            }
        } finally {
            workers.shutdownNow();
        }
        return new SuiteReport(jdk, attacks, outcomes);
    }

    private Map<String, List<AttackFacts>> groups(java.util.function.Predicate<AttackFacts> wanted) {
        return attacks.stream()
                .filter(wanted)
                .collect(Collectors.groupingBy(AttackFacts::group, TreeMap::new, Collectors.toList()));
    }

    private Map<String, Outcome> tried(String group, Column column, List<AttackFacts> all) {
        try {
            Map<String, Outcome> outcomes = new Attempts(jdk, jars, column, folder, suitesWord).of(all);
            long open = outcomes.values().stream().filter(SuiteReport::isHole).count();
            all.forEach(attack -> tell(attack, column, outcomes.get(attack.id())));
            progress.accept("Java " + jdk.feature() + ", " + column.title() + ", " + group + ": " + open + " of "
                    + all.size() + " succeeded");
            return outcomes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The suite was interrupted.", e);
        }
    }

    /** What is not as it should be, as soon as it is known. */
    private void tell(AttackFacts attack, Column column, @Nullable Outcome outcome) {
        boolean meant = column.isSandboxed() || attack.isClosedIn(jdk.feature());
        if (outcome != null && SuiteReport.isHole(outcome) == meant) {
            progress.accept("  Java " + jdk.feature() + ", " + column.title() + ": " + attack.id() + ": "
                    + outcome.verdict() + ": " + outcome.detail());
        }
    }

    private static void await(Future<?> each) throws InterruptedException {
        try {
            each.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A group of attacks could not be tried: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        System.clearProperty(WORD);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
