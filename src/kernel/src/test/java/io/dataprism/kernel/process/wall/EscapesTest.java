package io.dataprism.kernel.process.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile code in a child, without the sandbox, behind each wall that this machine has. */
class EscapesTest {
    private static final Limits LIMITS = Limits.of(256 << 20);
    private static final String SECRET = "the-secret-of-the-node";

    @TempDir
    Path folder;

    /** What it gets without a wall, so that each attack is known to work where nothing is in its way. */
    private static final Set<String> WITHOUT = Set.of(
            "append",
            "attach",
            "create",
            "cut",
            "delete",
            "descriptors",
            "environment",
            "environment-of-anybody",
            "hard-link",
            "list",
            "listen",
            "memory",
            "memory-to-write",
            "open-to-all",
            "own-code",
            "read",
            "replace",
            "score",
            "root-of-process",
            "signal",
            "socket",
            "stream",
            "symbolic-link",
            "times",
            "watch",
            "working-folder-of-process",
            "datagram");

    @Test
    void withoutAWallEverythingIsOpen() throws Exception {
        onLinux();
        Set<String> open = open(new NoWall());
        Set<String> closed = new TreeSet<>(WITHOUT);
        closed.removeAll(open);
        assertEquals(Set.of(), closed);
    }

    @Test
    void bubblewrapKeepsAllOfTheKernel() throws Exception {
        // It may listen, in a network where nobody else is.
        keeps(WallLevel.BUBBLEWRAP, Set.of("listen"));
    }

    @Test
    void landlockKeepsAllOfTheKernel() throws Exception {
        keeps(WallLevel.LANDLOCK, Set.of());
    }

    @Test
    void anotherUserKeepsWhatIsNotForAll() throws Exception {
        keeps(WallLevel.OTHER_USER, Set.of());
    }

    private void keeps(WallLevel level, Set<String> harmless) throws Exception {
        onLinux();
        List<Wall> walls = Children.walls(Children.open(folder)).stream()
                .filter(wall -> wall.level() == level)
                .toList();
        assumeFalse(
                walls.isEmpty(), level.label() + " does not hold on this machine, or is not there: it is not tested");
        Set<String> open = open(walls.get(0));
        open.removeAll(harmless);
        // Without a group for tasks nothing counts processes but the memory that they take.
        if (!ControlGroups.find().controllers().contains("pids")) {
            open.remove("processes");
        }
        assertEquals(Set.of(), open, walls.get(0).means());
    }

    private static void onLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "there are no walls elsewhere");
    }

    private Set<String> open(Wall wall) throws Exception {
        Children.open(folder);
        Path node = Files.createDirectory(
                folder.resolve("node"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String file : List.of("store", "audit", "grants", "deleted")) {
            Files.writeString(node.resolve(file), SECRET);
        }
        Set<String> open = new TreeSet<>();
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "read end");
        builder.environment().put("SECRET", SECRET);
        Process decoy = builder.start();
        try (Enclosure enclosure = Enclosure.with(folder, wall, ControlGroups::find);
                ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ServerSocket port = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                DatagramSocket datagrams =
                        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            socket.bind(UnixDomainSocketAddress.of(node.resolve("s")));
            Enclosed neighbour = Children.start(enclosure, folder, LIMITS, List.of(), Hog.class, "0");
            assertEquals("up", neighbour.process().inputReader().readLine());
            long other = neighbour
                    .process()
                    .descendants()
                    .reduce((first, last) -> last)
                    .map(ProcessHandle::pid)
                    .orElse(neighbour.process().pid());
            Enclosed child = Children.start(
                    enclosure,
                    folder,
                    LIMITS,
                    List.of(),
                    Escapee.class,
                    decoy.pid() + "," + other + "," + ProcessHandle.current().pid(),
                    node.toString(),
                    SECRET,
                    Integer.toString(port.getLocalPort()),
                    Integer.toString(datagrams.getLocalPort()));
            told(child, open);
            if (!decoy.isAlive() || !neighbour.process().isAlive()) {
                open.add("signal");
            }
            if (came(datagrams)) {
                open.add("datagram");
            }
        } finally {
            decoy.destroyForcibly();
        }
        return open;
    }

    private static void told(Enclosed child, Set<String> open) throws IOException {
        BufferedReader lines = child.process().inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = lines.readLine(); !"done".equals(line); line = lines.readLine()) {
            all.append(line).append('\n');
            assertTrue(line != null, () -> all.toString());
            if (line.startsWith("open ")) {
                open.add(line.substring("open ".length()));
            }
        }
    }

    private static boolean came(DatagramSocket datagrams) throws IOException {
        datagrams.setSoTimeout(1);
        try {
            datagrams.receive(new DatagramPacket(new byte[16], 16));
            return true;
        } catch (SocketTimeoutException none) {
            return false;
        }
    }
}
