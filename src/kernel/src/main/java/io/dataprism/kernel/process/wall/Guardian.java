package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small process ({@code guardian.sh}) that knows the children, and kills them when its input ends: when the kernel does, in whatever way, also those that are paused
 * and so see nothing end. It also pauses and continues them, which Java can't. Should it die itself, another takes its place and is told of all children.
 *
 * <p>Safe to use from any thread; a call writes one line to a pipe.
 */
final class Guardian implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Guardian.class);

    /** How often in all another takes its place before that is given up: whoever ends it again and again is no accident. */
    private static final int MOST_LIVES = 100;

    private final Starter starter;
    private final String script;
    private final Set<Long> kept = new TreeSet<>();
    /** What was last said to each process, for the next guardian, since the one that heard it may not have done it. */
    private final Map<Long, String> said = new TreeMap<>();

    private @Nullable Process process;
    private int lives;
    private boolean closed;
    private Optional<String> trouble = Optional.empty();

    private Guardian(Starter starter, String script) {
        this.starter = starter;
        this.script = script;
    }

    static Guardian start(Starter starter) throws IOException {
        Guardian guardian = new Guardian(starter, Scripts.read("guardian.sh"));
        synchronized (guardian) {
            guardian.live();
        }
        return guardian;
    }

    private void live() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script, "dataprism-guardian")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        Process started = starter.start(builder);
        process = started;
        lives++;
        started.onExit().thenAccept(this::died);
        for (long child : kept) {
            write(started, "keep", List.of(child));
        }
        for (Map.Entry<Long, String> last : said.entrySet()) {
            write(started, last.getValue(), List.of(last.getKey()));
        }
    }

    private synchronized void died(Process dead) {
        if (closed || !dead.equals(process)) {
            return;
        }
        if (lives >= MOST_LIVES) {
            trouble = Optional.of(
                    "The guardian of child processes ended " + lives
                            + " times (last with exit value " + dead.exitValue()
                            + "). Children end with the node as long as it is not killed. Find out what ends it, and restart the node.");
            LOG.error("{}", trouble.get());
            return;
        }
        LOG.warn("The guardian of child processes ended (exit value {}); another takes its place", dead.exitValue());
        try {
            live();
        } catch (IOException e) {
            trouble = Optional.of(
                    "The guardian of child processes ended, and another can't be started: " + e.getMessage());
            LOG.error("{}", trouble.get());
        }
    }

    /** Kill {@code child} when the kernel ends. */
    synchronized void keep(long child) {
        kept.add(child);
        say("keep", List.of(child));
    }

    /** {@code child} has ended, and its number may be another's. */
    synchronized void gone(long child) {
        if (kept.remove(child)) {
            say("gone", List.of(child));
        }
    }

    /** Stop these processes (negative: groups) where they are, until they are continued or killed. */
    synchronized void pause(Collection<Long> processes) {
        processes.forEach(process -> said.put(process, "pause"));
        say("pause", processes);
    }

    synchronized void proceed(Collection<Long> processes) {
        processes.forEach(process -> said.put(process, "continue"));
        say("continue", processes);
    }

    /** These are paused and continued no more, and their numbers may be others'. */
    synchronized void forget(Collection<Long> processes) {
        said.keySet().removeAll(processes);
    }

    synchronized void kill(Collection<Long> processes) {
        say("kill", processes);
    }

    /** What keeps children from being ended with the kernel. */
    synchronized Optional<String> trouble() {
        return trouble;
    }

    /** Of the process, for tests that end it. */
    synchronized ProcessHandle handle() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process.toHandle();
    }

    private void say(String what, Collection<Long> processes) {
        if (process == null || closed || processes.isEmpty()) {
            return;
        }
        try {
            write(process, what, processes);
        } catch (IOException e) {
            // It is dead or dying: the next is told.
            LOG.debug("The guardian does not hear '{}'", what, e);
        }
    }

    private static void write(Process process, String what, Collection<Long> processes) throws IOException {
        String line = what + processes.stream().map(id -> " " + id).collect(Collectors.joining()) + "\n";
        OutputStream out = process.getOutputStream();
        out.write(line.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** All children that are still kept are killed. */
    @Override
    public void close() {
        Process last;
        synchronized (this) {
            closed = true;
            last = process;
        }
        if (last != null) {
            try {
                last.getOutputStream().close();
            } catch (IOException e) {
                LOG.debug("The guardian's input is closed already", e);
            }
        }
    }
}
