package io.dataprism.kernel.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes the log is killed, or finds no room, at any moment: what it was told to be on the disk is there, and the chain goes on. */
class KilledAuditTest {
    @TempDir
    Path folder;

    private Path log() {
        return folder.resolve("audit");
    }

    private Path heads() {
        return folder.resolve("heads.jsonl");
    }

    /** More with {@code -Ddataprism.test.kills=…}. All of them go on with one log. */
    @Test
    void keepsWhatItAcknowledgedBeforeItWasKilled() throws Exception {
        int kills = Integer.getInteger("dataprism.test.kills", 6);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 1; kill <= kills; kill++) {
            String when = "kill " + kill + " with seed " + seed;
            long before = AuditReader.of(log()).last().map(AuditLine::sequence).orElse(0L);
            int acknowledged = kill(1 + random.nextInt(150), random.nextInt(3_000));
            AuditVerdict verdict = AuditReader.of(log()).verify(Optional.of(heads()));
            assertEquals(List.of(), verdict.findings(), when);
            List<AuditLine> written = AuditReader.of(log())
                    .list(AuditQuery.newest(AuditQuery.MOST).after(before, AuditQuery.MOST));
            long last = written.stream()
                    .filter(line -> line.entry().what().equals("grants:add"))
                    .count();
            assertTrue(last >= acknowledged, when + ": " + acknowledged + " were acknowledged, " + last + " are there");
            if (kill > 1) {
                assertTrue(
                        written.stream().anyMatch(line -> line.entry().what().equals("node-ended")),
                        when + ": that the node before was killed is not said");
            }
        }
    }

    /** Which change {@code line} says to be on the disk; other lines are the log's. */
    private static Optional<Integer> number(String line) {
        return line.startsWith(AuditProcess.WRITTEN)
                ? Optional.of(Integer.parseInt(line.substring(AuditProcess.WRITTEN.length())))
                : Optional.empty();
    }

    /** Kill a writer some microseconds after it acknowledged {@code after}; what it acknowledged last. */
    private int kill(int after, int microseconds) throws Exception {
        Process writer = new ProcessBuilder(AuditProcess.command(log(), heads()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = AuditProcess.output(writer)) {
            String line = "";
            while (!line.equals(AuditProcess.WRITTEN + after)) {
                line = output.readLine();
                assertNotNull(line, "the writer ended by itself");
            }
            assertTrue(!writer.waitFor(microseconds, TimeUnit.MICROSECONDS), "the writer ended by itself");
            assertTrue(writer.toHandle().destroyForcibly());
            int acknowledged = after;
            for (String rest = output.readLine(); rest != null; rest = output.readLine()) {
                acknowledged = number(rest).orElse(acknowledged);
            }
            return acknowledged;
        } finally {
            writer.destroyForcibly();
            assertTrue(writer.waitFor(20, TimeUnit.SECONDS));
        }
    }

    /** A line of which a part is there only, as a failing machine leaves it. */
    @Test
    void aLineWithoutAnEndIsCutOffAndThatIsSaid() throws Exception {
        List<String> lines = Logs.ofChanges(log(), AuditOptions.DEFAULT, 3);
        Path file = Logs.onlyFile(log());
        String last = lines.get(lines.size() - 1);
        for (int length = 1; length <= last.length(); length += 37) {
            Logs.write(file, lines.subList(0, lines.size() - 1));
            Files.writeString(file, Files.readString(file) + last.substring(0, length));
            AuditVerdict open = AuditReader.of(log()).verify(Optional.empty());
            assertEquals(List.of(), open.findings());
            assertTrue(
                    open.notes().get(0).startsWith("The log ends with " + length + " bytes of a line that has no end"));
            Logs.open(log()).close();
            assertEquals(
                    List.of("audit-recovered", "node-ended", "node-started", "node-stopped"),
                    Logs.whats(log()).subList(5, 9));
            assertEquals(List.of(), Logs.findings(log()));
        }
    }

    /** A file may not grow beyond a limit, which a process meets at the same places as a full disk. */
    @Test
    void keepsWhatItAcknowledgedBeforeThereWasNoMoreRoom() throws Exception {
        Path shell = Path.of("/bin/sh");
        assumeTrue(Files.isExecutable(shell), "limits are set by a shell");
        List<String> command = AuditProcess.command(log(), heads());
        command.addAll(0, List.of(shell.toString(), "-c", "ulimit -f 100 && exec \"$@\"", "sh"));
        Process writer = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int acknowledged = 0;
        String refused = "";
        try (BufferedReader output = AuditProcess.output(writer)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(AuditProcess.REFUSED)) {
                    refused = line;
                }
                acknowledged = number(line).orElse(acknowledged);
            }
        }
        assertTrue(writer.waitFor(20, TimeUnit.SECONDS));
        assertTrue(refused.contains("DP-0850"), refused);
        assertTrue(acknowledged > 10);
        assertEquals(
                List.of(), AuditReader.of(log()).verify(Optional.of(heads())).findings());
        long changes = Logs.whats(log()).stream().filter("grants:add"::equals).count();
        // The last round's change may have been written by itself, before its denial found no room.
        assertTrue(changes == acknowledged || changes == acknowledged + 1, changes + " of " + acknowledged);
        Logs.open(log()).close();
        assertEquals(
                List.of(), AuditReader.of(log()).verify(Optional.of(heads())).findings());
    }
}
