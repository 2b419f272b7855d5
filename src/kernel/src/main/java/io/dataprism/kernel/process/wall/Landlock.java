package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules of Linux's Landlock for files, signals and networks, and a filter of system calls for what those leave open. Both are laid on by a few lines of Perl
 * ({@code landlock.pl}), which then become the child: Java can't lay them on another process, and on itself only from Java 22 on and with native access, which
 * would open the kernel's own JVM further than the wall closes the child's.
 */
final class Landlock implements Wall {
    private final String perl;
    private final String script;
    private final JavaHome home;

    private Landlock(String perl, String script, JavaHome home) {
        this.perl = perl;
        this.script = script;
        this.home = home;
    }

    static Optional<Wall> find(JavaHome home) throws IOException {
        String script = Scripts.read("landlock.pl");
        return Programs.find("perl").map(perl -> new Landlock(perl, script, home));
    }

    @Override
    public WallLevel level() {
        return WallLevel.LANDLOCK;
    }

    @Override
    public String means() {
        return "Landlock and a filter of system calls";
    }

    @Override
    public WalledCommand around(ChildPlaces places, List<String> java) {
        List<String> line = new ArrayList<>(List.of(perl, "-e", script, System.getProperty("os.arch")));
        JavaHome.libraries().forEach(path -> rule(line, "run", path));
        rule(line, "read", home.folder());
        rule(line, "run", home.java());
        home.linked().values().forEach(path -> rule(line, "read", path));
        JavaHome.DEVICES.forEach(path -> rule(line, "device", Path.of(path)));
        places.readable().forEach(path -> rule(line, "read", path));
        rule(line, "write", places.work());
        places.socket().ifPresent(path -> rule(line, "socket", path));
        line.add("--");
        line.addAll(java);
        return new WalledCommand(line, places.socket().isPresent());
    }

    private static void rule(List<String> line, String how, Path where) {
        line.add(how);
        line.add(where.toString());
    }
}
