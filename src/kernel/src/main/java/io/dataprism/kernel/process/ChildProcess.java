package io.dataprism.kernel.process;

import io.dataprism.kernel.process.wall.Enclosed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A child as the system has it, connected. Safe to use from any thread. */
final class ChildProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final int OUT_OF_MEMORY = 3;
    private static final int SIGNALS = 128;
    private static final int KILLED = 9;
    /** For an end that was seen at the socket to be seen at the process. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Enclosed enclosed;
    private final Process process;
    private final SocketChannel channel;
    private final ChildOutput output;

    ChildProcess(Enclosed enclosed, SocketChannel channel, ChildOutput output) {
        this.enclosed = enclosed;
        this.process = enclosed.process();
        this.channel = channel;
        this.output = output;
    }

    SocketChannel channel() {
        return channel;
    }

    ChildOutput output() {
        return output;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether the system says that it, or what runs behind its wall, runs or waits for a processor or a disk; false where that is not told. */
    boolean isAtWork() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .anyMatch(each -> isAtWork(each.pid()));
    }

    private static boolean isAtWork(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The name before it may hold anything, a parenthesis included.
            char state = line.charAt(line.lastIndexOf(')') + 2);
            return state == 'R' || state == 'D';
        } catch (IOException | RuntimeException unknown) {
            LOG.debug("The state of process {} is not told", pid, unknown);
            return false;
        }
    }

    /** Stop it, or let it go on. */
    void suspend(boolean now) {
        enclosed.suspend(now);
    }

    /** Whether the kernel stopped it for a while: it used up its share of the processor, or its plugin is suspended. */
    boolean isPaused() {
        return enclosed.isPaused();
    }

    /** Hold it to its plugin's share of the processor from now on, or no more. */
    void engage(boolean now) {
        enclosed.engage(now);
    }

    /** Have {@code action} run once it is gone, whoever ended it. */
    void onEnd(Runnable action) {
        process.onExit().thenRun(action);
    }

    /** End it, whatever it is doing. */
    void kill() {
        enclosed.close();
    }

    /** Complete once it is gone, of itself or by force. */
    Future<Void> gone() {
        Promise<Void> promise = Promise.promise();
        process.onExit().orTimeout(GRACE.toMillis(), TimeUnit.MILLISECONDS).whenComplete((exited, late) -> {
            enclosed.close();
            enclosed.gone().thenRun(promise::tryComplete);
        });
        return promise.future();
    }

    /** Why it is gone; blocks for a moment. */
    String cause() {
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                return "its process closed the connection to the kernel, and was ended";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "its process closed the connection to the kernel";
        }
        String last = output.last(GRACE.toMillis());
        return "its process ended: " + exit(process.exitValue()) + (last.isEmpty() ? "" : "; it wrote last: " + last);
    }

    private static String exit(int value) {
        if (value == OUT_OF_MEMORY) {
            return "it was out of memory (exit value 3)";
        }
        if (value == SIGNALS + KILLED) {
            return "it was killed (signal 9)";
        }
        return value > SIGNALS ? "by signal " + (value - SIGNALS) : "with exit value " + value;
    }
}
