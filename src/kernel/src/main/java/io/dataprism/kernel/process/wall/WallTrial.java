package io.dataprism.kernel.process.wall;

import io.dataprism.kernel.store.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Tries a wall: a small child behind it, the {@link Intruder}, is let loose on a process with a secret in its environment, a file, two sockets, all of the kernel's
 * own user. What it got shows what the wall is worth on this machine; that a program is installed does not. Blocks, for a fifth of a second a wall.
 */
final class WallTrial {
    private static final long PATIENCE_SECONDS = 10;
    private static final int MOST_TOLD = 2000;

    private final Starter starter;
    private final JavaHome home;
    private final Path folder;

    /** @param folder in which children's places are on this node, where the trial makes one that goes with it */
    WallTrial(Starter starter, JavaHome home, Path folder) {
        this.starter = starter;
        this.home = home;
        this.folder = folder;
    }

    WallFinding of(Wall wall) {
        try {
            Path mine = folder.resolve("trial-" + UUID.randomUUID().toString().substring(0, 8));
            // Apart, since the path of a socket must be short.
            Path node = Files.createTempDirectory("dp-node");
            try {
                return in(mine, node, wall);
            } finally {
                Folders.delete(node);
                Folders.delete(mine);
            }
        } catch (IOException e) {
            return broken(wall, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return broken(wall, "the trial was interrupted");
        }
    }

    private static WallFinding broken(Wall wall, String why) {
        return new WallFinding(wall.level(), wall.means(), Map.of(), Optional.of(why));
    }

    private WallFinding in(Path mine, Path node, Wall wall) throws IOException, InterruptedException {
        Path work = Files.createDirectories(mine.resolve("work"));
        Path code = Files.createDirectories(mine.resolve("code"));
        copyIntruder(code);
        String secret = UUID.randomUUID().toString();
        Path file = Files.writeString(node.resolve("secret"), secret);
        Path socket = node.resolve("s");
        Process decoy = starter.start(decoy(secret));
        try (ServerSocketChannel local = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            local.bind(UnixDomainSocketAddress.of(socket));
            List<String> java = new ArrayList<>(List.of(
                    home.java().toString(),
                    "-Xmx16m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "-cp",
                    code.toString(),
                    Intruder.class.getName()));
            java.addAll(List.of(
                    Long.toString(decoy.pid()),
                    secret,
                    file.toString(),
                    socket.toString(),
                    Integer.toString(port.getLocalPort())));
            ChildPlaces places = new ChildPlaces(List.of(code), work, Optional.empty());
            return let(wall, starter.start(wall.around(places, java).line(), work), decoy);
        } finally {
            decoy.destroyForcibly();
        }
    }

    private static ProcessBuilder decoy(String secret) {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "read end");
        builder.environment().clear();
        builder.environment().put("SECRET", secret);
        return builder;
    }

    private static void copyIntruder(Path code) throws IOException {
        String name = Intruder.class.getName().replace('.', '/') + ".class";
        Path copy = code.resolve(name);
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        try (InputStream bytes = Intruder.class.getResourceAsStream(Intruder.class.getSimpleName() + ".class")) {
            Files.copy(Objects.requireNonNull(bytes, name), copy);
        }
    }

    private static WallFinding let(Wall wall, Process child, Process decoy) throws IOException, InterruptedException {
        try {
            child.getOutputStream().close();
            return seen(wall, child, decoy);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static WallFinding seen(Wall wall, Process child, Process decoy) throws IOException, InterruptedException {
        child.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).whenComplete((ended, late) -> {
            if (late != null) {
                child.destroyForcibly();
            }
        });
        Map<Attack, String> open = new EnumMap<>(Attack.class);
        List<Attack> tried = new ArrayList<>();
        StringBuilder other = new StringBuilder();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 3);
                Optional<Attack> attack = words.length == 3 ? Attack.named(words[0]) : Optional.empty();
                if (attack.isEmpty()) {
                    if (other.length() < MOST_TOLD) {
                        other.append(other.isEmpty() ? "" : " / ").append(line);
                    }
                } else {
                    tried.add(attack.get());
                    if (!words[1].equals("held")) {
                        open.put(attack.get(), words[2]);
                    }
                }
            }
        }
        int value = child.waitFor();
        if (!decoy.isAlive()) {
            open.putIfAbsent(Attack.SIGNAL, "the process that stood for the kernel is gone");
        }
        boolean whole = value == 0 && tried.size() == Attack.values().length;
        return whole
                ? new WallFinding(wall.level(), wall.means(), open, Optional.empty())
                : broken(wall, "no child runs behind it here (exit value " + value + "): " + other);
    }
}
