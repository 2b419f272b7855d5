package io.dataprism.kernel.process.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WallTrialTest {
    @TempDir
    Path folder;

    private final Starter starter = new Starter();
    private JavaHome home;
    private WallTrial trial;

    @BeforeEach
    void find() throws IOException {
        assumeTrue(
                System.getProperty("os.name").equals("Linux"),
                "walls are Linux's: nothing of this is tested elsewhere");
        home = JavaHome.own();
        trial = new WallTrial(starter, home, folder);
    }

    @AfterEach
    void end() {
        starter.close();
    }

    @Test
    void aPlainChildOfTheSameUserReachesEverything() {
        WallFinding finding = trial.of(new NoWall());
        assertEquals(Optional.empty(), finding.broken());
        assertEquals(EnumSet.allOf(Attack.class), new TreeSet<>(finding.open().keySet()), finding.told());
        assertFalse(finding.holds());
    }

    @Test
    void nothingGetsThroughBubblewrap() throws IOException {
        reachesNothing(Bubblewrap.find(home), "bubblewrap is not installed");
    }

    @Test
    void nothingGetsThroughLandlock() throws IOException {
        reachesNothing(Landlock.find(home), "Perl is not installed");
    }

    /** What this machine has and lets nobody use (no user namespaces, a kernel without Landlock) is found to be broken, and tested no further. */
    private void reachesNothing(Optional<Wall> wall, String absent) {
        assumeTrue(wall.isPresent(), absent + ": this wall is not tested here");
        WallFinding finding = trial.of(wall.get());
        assumeTrue(finding.broken().isEmpty(), finding.told() + ": this wall is not tested here");
        assertEquals(Map.of(), finding.open());
        assertTrue(finding.holds());
    }

    @Test
    void theFirstThatHoldsIsTaken() {
        Wall absent = new Wall() {
            @Override
            public WallLevel level() {
                return WallLevel.BUBBLEWRAP;
            }

            @Override
            public String means() {
                return "a program that is not there";
            }

            @Override
            public WalledCommand around(ChildPlaces places, List<String> java) {
                return new WalledCommand(List.of("/nowhere/bwrap"), false);
            }
        };
        Walls none = Walls.among(List.of(absent, new NoWall()), trial);
        assertEquals(WallLevel.NONE, none.level());
        assertTrue(none.told().contains("/nowhere/bwrap"), none.told());
        assertTrue(none.told().contains("read the memory of the kernel"), none.told());
        assertEquals(2, none.findings().size());
    }

    @Test
    void thisMachineHasTheBestOfThoseThatHold() throws IOException {
        Walls found = Walls.among(Enclosure.candidates(home), trial);
        Set<WallLevel> held = EnumSet.noneOf(WallLevel.class);
        for (Wall wall : Enclosure.candidates(home)) {
            if (trial.of(wall).holds()) {
                held.add(wall.level());
            }
        }
        held.add(WallLevel.NONE);
        assertEquals(held.iterator().next(), found.level(), found.told());
    }
}
