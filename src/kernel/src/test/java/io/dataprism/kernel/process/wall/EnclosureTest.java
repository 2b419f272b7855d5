package io.dataprism.kernel.process.wall;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.resource.Meter;
import io.dataprism.kernel.resource.Meters;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnclosureTest {
    private static final Limits LIMITS = Limits.of(256 << 20);
    private static final long MEASURED = 2_000_000_000;

    @TempDir
    Path folder;

    @BeforeEach
    void onLinux() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "elsewhere children are plain processes");
        Children.open(folder);
    }

    @Test
    void childrenRunBehindEachWallAndLeaveNothing() throws Exception {
        for (Wall wall : Children.walls(folder)) {
            try (Enclosure enclosure = Enclosure.with(folder, wall, ControlGroups::find)) {
                Enclosed child = Children.start(enclosure, folder, LIMITS, List.of(), Hog.class, "0");
                assertEquals("up", child.process().inputReader().readLine(), wall.means());
                assertEquals(wall.level(), child.level());
                assertTrue(limits(child).matches("(?s).*Max core file size +0 +0 .*"), limits(child));
                List<ProcessHandle> all =
                        child.process().toHandle().descendants().toList();
                child.close();
                child.gone().get(10, TimeUnit.SECONDS);
                all.forEach(handle -> await().until(() -> isDead(handle)));
            }
        }
    }

    private static String limits(Enclosed child) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(child.process().pid()), "limits"));
    }

    @Test
    void whereNoWallHoldsAChildOfSomebodyUnknownIsRefused() throws Exception {
        try (Enclosure bare = Enclosure.at(folder, WallLevel.NONE).orElseThrow()) {
            PluginException refused = assertThrows(PluginException.class, bare::requireWall);
            assertEquals("DP-1021", refused.code());
            assertTrue(refused.getMessage().contains("Install bubblewrap"), refused.getMessage());
        }
        Enclosure.at(folder, WallLevel.LANDLOCK).ifPresent(walled -> {
            walled.requireWall();
            walled.close();
        });
    }

    @Test
    void aChildIsHeldToItsShareByPausing() throws Exception {
        Meter meter = new Meters(Duration.ofSeconds(1)).open(new PluginId("hog"), 5);
        try (Enclosure enclosure = Enclosure.with(folder, new NoWall(), ControlGroups::none)) {
            Enclosed child = spinning(enclosure, meter);
            assertEquals(5, share(child, meter), 2);
            meter.cpu().limit(15, System.nanoTime());
            assertEquals(15, share(child, meter), 2);
            assertEquals(used(child), meter.cpu().used(), 100_000_000);
        }
    }

    /** Two threads, so that a share of the time is not the share of the processor. */
    private Enclosed spinning(Enclosure enclosure, Meter meter) throws IOException {
        Enclosed child = Children.start(enclosure, folder, LIMITS, List.of(), Hog.class, "2");
        assertEquals("up", child.process().inputReader().readLine());
        child.meter(meter);
        child.engage(true);
        return child;
    }

    /** Percent of a core over a time at both ends of which it has used up all that it may. What it used too much until then it is still to give back. */
    private static double share(Enclosed child, Meter meter) throws IOException {
        await().until(() -> meter.cpu().hold(System.nanoTime()) > 0);
        long from = System.nanoTime();
        double before = used(child) - debt(meter);
        await().pollInterval(Duration.ofMillis(3)).until(() -> {
            long now = System.nanoTime();
            return now - from >= MEASURED && meter.cpu().hold(now) > 0;
        });
        return 100 * (used(child) - debt(meter) - before) / (System.nanoTime() - from);
    }

    private static double debt(Meter meter) {
        return meter.cpu().hold(System.nanoTime()) * meter.cpu().percent() / 100.0;
    }

    @Test
    void aChildIsHeldToItsShareByItsControlGroup() throws Exception {
        assumeTrue(
                ControlGroups.find().controllers().contains("cpu"),
                "control groups for the processor can't be made here: this is not tested");
        Meter meter = new Meters(Duration.ofSeconds(1)).open(new PluginId("hog"), 80);
        try (Enclosure enclosure = Enclosure.with(folder, new NoWall(), ControlGroups::find)) {
            Enclosed child = spinning(enclosure, meter);
            meter.cpu().limit(20, System.nanoTime());
            long before = meter.cpu().used();
            // The limit is looked at together with what it used.
            await().until(() -> meter.cpu().used() > before);
            long from = System.nanoTime();
            long used = used(child);
            await().until(() -> System.nanoTime() - from >= MEASURED);
            double share = 100.0 * (used(child) - used) / (System.nanoTime() - from);
            assertTrue(share > 2 && share <= 22, () -> "it used " + share + " % of a core");
            assertFalse(child.isPaused());
        }
    }

    /** To the nanosecond: its threads stay. */
    private static long used(Enclosed child) throws IOException {
        long all = 0;
        try (Stream<Path> threads =
                Files.list(Path.of("/proc", Long.toString(child.process().pid()), "task"))) {
            for (Path thread : (Iterable<Path>) threads::iterator) {
                all += Long.parseLong(
                        Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
            }
        }
        return all;
    }

    @Test
    void whatTheJvmDoesNotCountTheSystemDoes() throws Exception {
        try (Enclosure enclosure = Enclosure.with(folder, new NoWall(), ControlGroups::none)) {
            Enclosed child = Children.start(
                    enclosure, folder, Limits.of(128 << 20), List.of("-XX:MaxDirectMemorySize=2g"), Hog.class, "take");
            String last = "";
            try (BufferedReader lines = child.process().inputReader(StandardCharsets.US_ASCII)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    last = line.startsWith("took ") ? line : last;
                }
            }
            assertNotEquals(0, child.process().waitFor());
            int took = Integer.parseInt(last.substring("took ".length()));
            assertTrue(took < 300, last);
        }
    }

    @Test
    void threadsAreCountedWhereThereIsAGroupForThem() throws Exception {
        assumeTrue(
                ControlGroups.find().controllers().contains("pids"),
                "control groups for tasks can't be made here: this is not tested");
        try (Enclosure enclosure = Enclosure.with(folder, new NoWall(), ControlGroups::find)) {
            Limits few = new Limits(512 << 20, 256, 40);
            Enclosed child = Children.start(enclosure, folder, few, List.of(), Hog.class, "60");
            assertNotEquals(0, child.process().waitFor());
            child.gone().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aGuardianThatDiesIsReplacedAndKnowsTheChildren() throws Exception {
        Enclosure enclosure = Enclosure.with(folder, new NoWall(), ControlGroups::none);
        Enclosed child = Children.start(enclosure, folder, LIMITS, List.of(), Hog.class, "1");
        assertEquals("up", child.process().inputReader().readLine());
        child.meter(new Meters(Duration.ofSeconds(1)).open(new PluginId("hog"), 1));
        child.engage(true);
        await().until(() -> state(child.process().pid()) == 'T');
        ProcessHandle first = enclosure.guardian();
        first.destroyForcibly();
        await().until(() -> !enclosure.guardian().equals(first));
        assertTrue(enclosure.trouble().isEmpty());
        enclosure.close();
        assertTrue(child.process().waitFor(10, TimeUnit.SECONDS));
        assertThrows(IOException.class, () -> Children.start(enclosure, folder, LIMITS, List.of(), Hog.class, "0"));
    }

    private static char state(long process) throws IOException {
        String line = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
        return line.charAt(line.lastIndexOf(')') + 2);
    }

    /** Whether nothing of it runs; whether who inherited it has noticed is another matter. */
    private static boolean isDead(ProcessHandle process) {
        try {
            return state(process.pid()) == 'Z';
        } catch (IOException gone) {
            return true;
        }
    }

    @Test
    void nothingOutlivesAKernelThatIsKilled() throws Exception {
        Process kernel = new ProcessBuilder(
                        Children.home().java().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoneKernel.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = kernel.inputReader().readLine();
        while (told != null && !told.matches("[0-9]+ [0-9]+")) {
            told = kernel.inputReader().readLine();
        }
        List<ProcessHandle> children = List.of(String.valueOf(told).split(" ")).stream()
                .map(Long::valueOf)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
        assertEquals(2, children.size());
        kernel.destroyForcibly();
        await().atMost(Duration.ofSeconds(1)).until(() -> children.stream().allMatch(EnclosureTest::isDead));
        assertFalse(kernel.isAlive());
    }
}
