package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Another user for each child, where the kernel runs as root: a number that nobody has. What the child needs must be open to all users; what it is to write is
 * given to it. Without a network namespace beside it, the child reaches the network.
 */
final class OtherUser implements Wall {
    private static final int FIRST = 1_900_000_000;
    private static final int BEYOND = 2_100_000_000;

    private final List<String> before;
    private final String setpriv;

    private OtherUser(List<String> before, String setpriv) {
        this.before = before;
        this.setpriv = setpriv;
    }

    /** First with a network of its own, which not every root may make, then without. */
    static List<Wall> find() {
        Optional<String> setpriv = Programs.find("setpriv");
        if (setpriv.isEmpty() || !"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        List<Wall> all = new ArrayList<>();
        Programs.find("unshare")
                .ifPresent(unshare ->
                        all.add(new OtherUser(List.of(unshare, "--net", "--ipc", "--uts", "--"), setpriv.get())));
        all.add(new OtherUser(List.of(), setpriv.get()));
        return all;
    }

    @Override
    public WallLevel level() {
        return WallLevel.OTHER_USER;
    }

    @Override
    public String means() {
        return before.isEmpty()
                ? "another user for each child, with the machine's network"
                : "another user for each child, and no network";
    }

    @Override
    public WalledCommand around(ChildPlaces places, List<String> java) throws IOException {
        int user = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
        give(places.work(), user);
        Optional<Path> expected = places.socket().map(Path::getParent);
        if (expected.isPresent()) {
            give(expected.get(), user);
        }
        List<String> line = new ArrayList<>(before);
        line.addAll(List.of(
                setpriv,
                "--reuid",
                Integer.toString(user),
                "--regid",
                Integer.toString(user),
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set",
                "-all",
                "--inh-caps",
                "-all",
                "--"));
        line.addAll(java);
        return new WalledCommand(line, false);
    }

    private static void give(Path folder, int user) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                // What an earlier child left may be a link to anywhere.
                Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
