package io.dataprism.kernel.audit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.audit.Logs.SetClock;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Clock UTC = Clock.system(ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path log() {
        return folder.resolve("audit");
    }

    private static AuditEntry denial(String target) {
        return AuditEntry.denied(Logs.WEATHER, "event-publish", target, "it was not granted", "one-7");
    }

    private List<AuditLine> denials() {
        return Logs.all(log()).stream()
                .filter(line -> line.entry().decision() == Decision.DENIED)
                .toList();
    }

    @Test
    void aLineSaysAllThatIsKnownAndCanBeCheckedWithoutThisProgram() throws Exception {
        try (AuditLog log = Logs.open(log())) {
            log.denied(denial("news.first"));
            Logs.written(log);
        }
        List<String> lines = Logs.lines(log());
        assertEquals(List.of("audit-begun", "node-started", "event-publish", "node-stopped"), Logs.whats(log()));
        JsonObject denied = new JsonObject(lines.get(2));
        assertEquals(
                "{\"who\":\"plugin\",\"id\":\"weather\",\"version\":\"1.2.0\",\"what\":\"event-publish\",\"target\":\"news.first\","
                        + "\"decision\":\"denied\",\"why\":\"it was not granted\",\"cause\":\"one-7\",\"count\":1}",
                without(denied, "v", "sequence", "at", "prev", "hash").encode());
        assertEquals(3, denied.getInteger("sequence"));
        assertEquals(new JsonObject(lines.get(1)).getString("hash"), denied.getString("prev"));
        String signed = lines.get(2).substring(0, lines.get(2).lastIndexOf(",\"hash\":"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(signed.getBytes(StandardCharsets.UTF_8));
        assertEquals(HexFormat.of().formatHex(digest), denied.getString("hash"));
        assertEquals("0".repeat(64), new JsonObject(lines.get(0)).getString("prev"));
    }

    private static JsonObject without(JsonObject json, String... fields) {
        JsonObject rest = json.copy();
        for (String field : fields) {
            rest.remove(field);
        }
        return rest;
    }

    @Test
    void theSameDenialWithinASecondIsOneLineThatCounts() throws Exception {
        try (AuditLog log = Logs.open(log())) {
            for (int time = 0; time < 1_000; time++) {
                log.denied(denial("news.first"));
            }
            log.denied(denial("news.second"));
            // Not asked for: a second ends by itself.
            await().atMost(Duration.ofSeconds(20)).until(() -> denials().size() >= 2);
            assertEquals(
                    1_000,
                    denials().stream()
                            .filter(line -> line.entry().target().equals("news.first"))
                            .mapToLong(line -> line.entry().count())
                            .sum());
        }
        assertEquals(List.of(), Logs.findings(log()));
    }

    @Test
    void whoIsDeniedAThousandThingsFillsNoDisk() throws Exception {
        try (AuditLog log = Logs.open(log())) {
            for (int time = 0; time < 100_000; time++) {
                log.denied(denial("news." + time));
            }
            log.denied(AuditEntry.denied(Logs.OPERATOR, "call", "another", "", ""));
            Logs.written(log);
        }
        List<AuditLine> denials = denials();
        assertTrue(denials.size() <= DenialTally.BURST + 10, "" + denials.size());
        assertEquals(
                100_001,
                denials.stream().mapToLong(line -> line.entry().count()).sum(),
                "none is lost");
        assertTrue(denials.stream().anyMatch(line -> line.entry().target().equals("another")));
    }

    @Test
    void whatCanNotBeWrittenWaitsAndWhatFindsNoRoomIsCounted() throws Exception {
        Path place = folder.resolve("place");
        Path folder = place.resolve("audit");
        Files.writeString(place, "a file where the folder should be");
        try (AuditLog log = AuditLog.open(folder, "one", AuditOptions.DEFAULT, UTC, 5)) {
            PluginException told = refusal(log);
            assertEquals("DP-0850", told.code());
            assertTrue(
                    log.trouble().orElse("").startsWith("DP-0850 "),
                    log.trouble().toString());
            for (int number = 1; number <= 8; number++) {
                log.changed(Logs.change(number));
            }
            Files.delete(place);
            await().atMost(Duration.ofSeconds(20)).until(() -> log.trouble().isEmpty());
            log.changed(Logs.change(9));
            Logs.written(log);
        }
        assertEquals(
                "audit-begun, node-started, grants:add, grants:add, grants:add, grants:add, grants:add, audit-lost, grants:add, node-stopped",
                String.join(", ", Logs.whats(folder)));
        AuditEntry lost = Logs.all(folder).get(7).entry();
        assertEquals(3, lost.count());
        assertEquals("operator", lost.target());
        assertEquals(Decision.LOST, lost.decision());
        assertEquals(List.of(), Logs.findings(folder));
    }

    private static PluginException refusal(AuditLog log) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> Logs.written(log));
        return (PluginException) thrown.getCause();
    }

    @Test
    void aClockThatGoesBackIsToldAndTheOrderStays() throws Exception {
        SetClock clock = new SetClock();
        try (AuditLog log = AuditLog.open(log(), "one", AuditOptions.DEFAULT, clock, 100)) {
            Logs.written(log);
            clock.move(Duration.ofHours(-1));
            log.changed(Logs.change(1));
            Logs.written(log);
        }
        assertEquals(
                List.of("audit-begun", "node-started", "clock-went-back", "grants:add", "node-stopped"),
                Logs.whats(log()));
        assertEquals(
                "by 3600 s. The lines are in the order of their numbers.",
                Logs.all(log()).get(2).entry().why());
        assertEquals(List.of(), Logs.findings(log()));
        // While no node ran, too.
        clock.move(Duration.ofDays(-1));
        AuditLog.open(log(), "one", AuditOptions.DEFAULT, clock, 100).close();
        assertEquals("clock-went-back", Logs.whats(log()).get(5));
        assertEquals(List.of(), Logs.findings(log()));
    }

    @Test
    void isSearchedByWhoWhatWhenAndText() throws Exception {
        SetClock clock = new SetClock();
        try (AuditLog log = AuditLog.open(log(), "one", AuditOptions.DEFAULT, clock, 100)) {
            log.changed(Logs.change(1));
            log.denied(denial("news.first"));
            Logs.written(log);
            clock.move(Duration.ofHours(2));
            log.changed(Logs.change(2));
            log.changed(AuditEntry.failed(Actor.KERNEL, "plugin-error", "plugin:weather-map 1.0.0", "DP-0814"));
            Logs.written(log);
            assertEquals("grants:add, event-publish, grants:add", found(log, clock, "plugin", "weather"));
            assertEquals("grants:add, grants:add", found(log, clock, "who", "operator"));
            assertEquals("event-publish", found(log, clock, "who", "plugin:weather"));
            assertEquals("event-publish", found(log, clock, "decision", "denied"));
            assertEquals("grants:add, plugin-error", found(log, clock, "since", "1h"));
            assertEquals("grants:add, event-publish", found(log, clock, "until", "2027-01-31T13:00:00Z", "after", 2L));
            assertEquals("grants:add", found(log, clock, "text", "BECAUSE 2"));
            assertEquals("audit-begun, node-started", found(log, clock, "after", 0L, "limit", 2L));
            assertEquals("plugin-error", found(log, clock, "limit", 1L));
        }
    }

    private static String found(AuditLog log, Clock clock, Object... query) {
        JsonObject json = new JsonObject();
        for (int at = 0; at < query.length; at += 2) {
            json.put((String) query[at], query[at + 1]);
        }
        return String.join(
                ", ",
                log.reader().list(AuditQuery.fromJson(json, clock)).stream()
                        .map(line -> line.entry().what())
                        .toList());
    }

    @Test
    void aQuestionThatIsWrongSaysWhatIsExpected() {
        PluginException wrong = assertThrows(
                PluginException.class, () -> AuditQuery.fromJson(new JsonObject().put("since", "yesterday"), UTC));
        assertEquals("DP-0856", wrong.code());
        assertEquals(
                "The audit log can't be searched: 'since' must be an instant such as 2027-01-31T12:00:00Z, a day such as 2027-01-31,"
                        + " or an age such as 2h, but is 'yesterday'.",
                wrong.getMessage());
    }

    @Test
    void whatIsCountedBecomesLinesAtTheEnd() throws Exception {
        try (AuditLog log = Logs.open(log())) {
            AuditEntry counted = new AuditEntry(Logs.WEATHER, "event-publish", "", Decision.ALLOWED, "", "", 42);
            log.counting(() -> List.of(counted));
            Logs.written(log);
        }
        assertEquals(42, Logs.all(log()).get(2).entry().count());
    }

    @Test
    void longTextsAreCut() throws Exception {
        try (AuditLog log = Logs.open(log())) {
            log.changed(AuditEntry.done(Logs.WEATHER, "w", "\u0001\ud800t".repeat(10_000), "y".repeat(10_000)));
            Logs.written(log);
        }
        assertTrue(Logs.lines(log()).get(2).length() < 10_000);
        assertEquals(List.of(), Logs.findings(log()));
    }

    @Test
    void oneOfANewerKernelIsNotWrittenOn() throws Exception {
        Logs.ofChanges(log(), AuditOptions.DEFAULT, 1);
        Path file = Logs.onlyFile(log());
        String newer = "{\"v\":2,\"sequence\":5,\"prev\":\"\"";
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(newer.getBytes(StandardCharsets.UTF_8)));
        Files.writeString(file, Files.readString(file) + newer + ",\"hash\":\"" + hash + "\"}\n");
        PluginException refused = assertThrows(PluginException.class, () -> Logs.open(log()));
        assertEquals("DP-0855", refused.code());
    }

    @Test
    void afterItsEndNothingIsPromised() throws Exception {
        AuditLog log = Logs.open(log());
        log.close();
        ExecutionException refused = assertThrows(ExecutionException.class, () -> Logs.written(log));
        assertEquals("DP-0806", ((PluginException) refused.getCause()).code());
        assertFalse(Logs.lines(log()).isEmpty());
    }
}
