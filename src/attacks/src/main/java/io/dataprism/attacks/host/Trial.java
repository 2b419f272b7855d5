package io.dataprism.attacks.host;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attack, run and judged. Its verdict stands on what the host sees, never on what the attack says. */
final class Trial {
    private static final long LIMIT_MILLIS = 6_000;
    /** What is in every file of the host's class path that an attack may not read. */
    private static final String FIXED_WORD = "word-in-a-file-of-the-host-7c1f";

    private final Setup setup;
    private final AttackFacts attack;
    private final Witness witness;
    private final Canaries canaries;
    private final Companion companion;
    private final Bystander bystander;
    private final Scene scene;
    private final ClassLoader loader;

    private final Map<String, String> filesBefore;
    private final Map<String, String> settingsBefore;
    private volatile Map<String, String> threadBefore = Map.of();
    private volatile Map<String, String> threadAfter = Map.of();
    private volatile @Nullable Object answer;
    private volatile @Nullable Throwable thrown;
    private boolean hung;

    Trial(Setup setup, AttackFacts attack, Runnable spoken) throws Exception {
        this.setup = setup;
        this.attack = attack;
        Path folder = setup.folder().resolve(attack.id().replace('/', '-')).toAbsolutePath();
        Path unixSocket = setup.folder().resolve("unix-" + System.nanoTime() % 1_000_000);
        Vault.close(setup.word());
        witness = new Witness(setup.word(), spoken);
        canaries = new Canaries(unixSocket, setup.word());
        companion = new Companion(setup.word());
        bystander = new Bystander(setup.word());
        scene = new Scene(folder, setup, canaries, unixSocket, witness);
        scene.tell("victimPid", companion.pid());
        scene.tell("neighbour", neighbour());
        loader = PluginLoaders.of(setup.column(), setup.jars().attacks(), attack, scene.told());
        filesBefore = Folder.look(scene.folder());
        settingsBefore = attack.proof().equals("SETTING") ? SharedSettings.look() : Map.of();
    }

    private Object neighbour() throws IOException, ReflectiveOperationException {
        return PluginLoaders.ofNeighbour(setup.jars().neighbour())
                .loadClass("neighbour.Neighbour")
                .getConstructor(String.class)
                .newInstance(setup.word());
    }

    Path victim() {
        return scene.victim();
    }

    Outcome run() throws Exception {
        Thread thread = new Thread(this::attack, "attack " + attack.id());
        thread.setContextClassLoader(loader);
        thread.setDaemon(true);
        witness.expect(thread);
        thread.start();
        hung = !ended(thread);
        Optional<String> proof = proof();
        companion.close();
        bystander.end();
        canaries.close();
        return proof.map(seen -> new Outcome(Verdict.SUCCEEDED, seen)).orElseGet(this::failure);
    }

    private void attack() {
        threadBefore = ThreadLook.look();
        try {
            answer = function().apply(scene.told());
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
        } catch (Throwable e) {
            thrown = e;
        }
        threadAfter = ThreadLook.look();
    }

    @SuppressWarnings("unchecked")
    private Function<Map<String, Object>, Object> function() throws ReflectiveOperationException {
        return (Function<Map<String, Object>, Object>) Class.forName(attack.type(), true, loader)
                .asSubclass(Function.class)
                .getConstructor()
                .newInstance();
    }

    private static boolean ended(Thread thread) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
        while (thread.isAlive() && System.nanoTime() < end) {
            try {
                thread.join(LIMIT_MILLIS);
            } catch (InterruptedException e) {
                // An attack may interrupt this thread as well; the wait goes on.
                Thread.interrupted();
            }
        }
        return !thread.isAlive();
    }

    private Outcome failure() {
        Throwable failure = thrown;
        if (hung) {
            return new Outcome(Verdict.HUNG, "it did not return in " + LIMIT_MILLIS + " ms");
        }
        if (failure == null) {
            return new Outcome(Verdict.NOTHING, "it returned, and nothing had happened");
        }
        return new Outcome(Refusals.isOne(failure) ? Verdict.REFUSED : Verdict.NOTHING, Refusals.words(failure));
    }

    /** What shows that the attack succeeded. */
    private Optional<String> proof() throws Exception {
        return switch (attack.proof()) {
            case "LEAK" -> leak();
            case "FILE" -> awaited(() -> !fileDifference().isEmpty()).map(yes -> fileDifference());
            case "NETWORK" -> awaited(() -> canaries.visits() > 0).map(yes -> "the canary had a visitor");
            case "LISTEN" -> seen(witness.couldConnect(), "the host could connect to a port of the attack's");
            case "PROCESS" -> awaited(() -> !companion.isIntact()).map(yes -> "a program of the host is gone");
            case "SETTING" -> setting();
            case "THREAD" -> awaited(witness::heardElsewhere).map(yes -> "it spoke on another thread");
            case "CODE" -> seen(witness.heardForeignCode(), "code spoke that its jar does not hold");
            case "HOST" -> host();
            case "NATIVE" -> seen(holdsLibrary(), "the process holds the library");
            case "READ_OBJECT" -> seen(witness.heardWhileReading(), "it spoke while an object was read");
            case "STARVED" -> seen(!commonPoolWorks(), "the host's task in the common pool got no turn");
            default -> Optional.empty();
        };
    }

    private static Optional<String> seen(boolean is, String words) {
        return is ? Optional.of(words) : Optional.empty();
    }

    /** What may show a moment after the attack returned is waited for, where it was not refused. */
    private Optional<Boolean> awaited(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(thrown == null ? 1_000 : 100);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return Optional.empty();
            }
            Thread.onSpinWait();
        }
        return Optional.of(true);
    }

    private Optional<String> leak() {
        Object found = answer;
        if (found == null || found.getClass().getClassLoader() != null) {
            return Optional.empty();
        }
        String text = found.toString();
        boolean knows = text.contains(setup.word())
                || text.contains(setup.suitesWord())
                || text.contains(FIXED_WORD)
                || text.equals(setup.guess())
                || text.equals(codeSource());
        return seen(knows, "it answered with a word that it was not to know");
    }

    private static String codeSource() {
        return Host.class.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    private String fileDifference() {
        try {
            return Folder.difference(filesBefore, Folder.look(scene.folder()));
        } catch (IOException e) {
            return "the folder cannot be looked at any more: " + e.getMessage();
        } catch (java.io.UncheckedIOException e) {
            return ""; // a file went while it was looked at; the next look tells
        }
    }

    private Optional<String> setting() throws Exception {
        String changed = Folder.difference(threadBefore, threadAfter);
        if (changed.isEmpty()) {
            changed = Folder.difference(settingsBefore, SharedSettings.look());
        }
        if (changed.isEmpty()) {
            Probes.run(witness, canaries);
            changed = witness.heardInProbe() ? "the host's own work passes through the attack" : "";
        }
        return seen(!changed.isEmpty(), changed);
    }

    private Optional<String> host() {
        if (!Vault.isIntact()) {
            return Optional.of("the host's private state was changed");
        }
        return Opened.times() > 0
                ? Optional.of("a class of the host was run")
                : seen(!bystander.isIntact(), "a thread of the host was disturbed");
    }

    private boolean holdsLibrary() throws IOException {
        String maps = Files.readString(Path.of("/proc/self/maps"));
        return maps.contains(scene.folder() + "/lib")
                || maps.contains(setup.libraries().toAbsolutePath().toString());
    }

    /** Waits on a latch: whoever waits for a task of the pool's may help it out. */
    private static boolean commonPoolWorks() throws InterruptedException {
        CountDownLatch turn = new CountDownLatch(1);
        ForkJoinPool.commonPool().execute(turn::countDown);
        return turn.await(1_500, TimeUnit.MILLISECONDS);
    }
}
