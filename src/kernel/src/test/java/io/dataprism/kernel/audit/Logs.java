package io.dataprism.kernel.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Logs for tests, on the disk. */
final class Logs {
    static final Actor WEATHER = Actor.of(Caller.plugin(new PluginId("weather")), "1.2.0");
    static final Actor OPERATOR = Actor.of(Caller.OPERATOR, "");

    private Logs() {}

    /** A clock that is set. */
    static final class SetClock extends Clock {
        private volatile Instant now = Instant.parse("2027-01-31T12:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    static AuditLog open(Path folder) {
        return open(folder, AuditOptions.DEFAULT);
    }

    static AuditLog open(Path folder, AuditOptions options) {
        return AuditLog.open(folder, "one", options);
    }

    static void written(AuditLog log) throws Exception {
        await(log.written());
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static AuditEntry change(int number) {
        return AuditEntry.done(OPERATOR, "grants:add", "plugin:weather " + number, "because " + number);
    }

    /** A log of {@code changes} changes and of its node's start and stop, closed. */
    static List<String> ofChanges(Path folder, AuditOptions options, int changes) throws Exception {
        try (AuditLog log = open(folder, options)) {
            for (int number = 1; number <= changes; number++) {
                log.changed(change(number));
            }
            written(log);
        }
        return lines(folder);
    }

    static Path onlyFile(Path folder) throws IOException {
        List<AuditFile> files = AuditFile.all(folder);
        assertEquals(1, files.size(), files.toString());
        return files.get(0).path();
    }

    /** All lines, as they stand there. */
    static List<String> lines(Path folder) {
        List<String> lines = new ArrayList<>();
        try {
            for (AuditFile file : AuditFile.all(folder)) {
                lines.addAll(Files.readAllLines(file.path()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    static void write(Path file, List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }

    static List<String> findings(Path folder) {
        return AuditReader.of(folder).verify(Optional.empty()).findings();
    }

    static List<AuditLine> all(Path folder) {
        return AuditReader.of(folder).list(AuditQuery.newest(AuditQuery.MOST));
    }

    /** What was done, of each line. */
    static List<String> whats(Path folder) {
        return all(folder).stream().map(line -> line.entry().what()).toList();
    }
}
