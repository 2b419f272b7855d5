package io.dataprism.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dataprism.child.ChildJars;
import io.dataprism.kernel.process.wall.ChildPlaces;
import io.dataprism.kernel.process.wall.Enclosed;
import io.dataprism.kernel.process.wall.Enclosure;
import io.dataprism.kernel.process.wall.Limits;
import io.dataprism.kernel.process.wall.WallLevel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The child host itself comes through to its kernel behind each wall of this machine. */
class WalledChildTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = WallLevel.class,
            names = {"BUBBLEWRAP", "LANDLOCK", "NONE"})
    void connects(WallLevel level) throws Exception {
        Optional<Enclosure> found = Enclosure.at(folder, level);
        assumeTrue(found.isPresent(), () -> level.label() + " does not hold here, or is not there: it is not tested");
        Path work = Files.createDirectory(folder.resolve("work"));
        try (Enclosure enclosure = found.get();
                Rendezvous place = new Rendezvous()) {
            ChildPlaces places = new ChildPlaces(ChildJars.all(), work, Optional.of(place.socket()));
            ChildCommand command = ChildCommand.of(32 << 20, Optional.empty());
            Enclosed child = enclosure.start(places, Limits.of(command.told()), command.line());
            ChildOutput output = new ChildOutput("walled", child.process().getInputStream());
            child.process()
                    .getOutputStream()
                    .write((place.token() + "\n" + place.socket() + "\n").getBytes(StandardCharsets.UTF_8));
            child.process().getOutputStream().close();
            try (SocketChannel channel = place.await(Duration.ofSeconds(20), child.process()::isAlive)) {
                assertNotNull(channel, () -> output.last(100));
                assertEquals(level, child.level());
                assertEquals(level == WallLevel.LANDLOCK, child.isConnected());
            }
            // Without its kernel it ends of itself.
            assertTrue(child.process().waitFor(10, TimeUnit.SECONDS));
            child.gone().get(10, TimeUnit.SECONDS);
        }
    }
}
