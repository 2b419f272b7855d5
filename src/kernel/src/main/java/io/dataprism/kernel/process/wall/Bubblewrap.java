package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Namespaces of its own by bubblewrap: nothing is there but what is named. It ends with the thread that started it, so that this must be one that stays. */
final class Bubblewrap implements Wall {
    private static final List<String> ALONE = List.of(
            "--unshare-all",
            "--die-with-parent",
            "--new-session",
            "--clearenv",
            "--cap-drop",
            "ALL",
            "--hostname",
            "child");

    private final String program;
    private final JavaHome home;

    private Bubblewrap(String program, JavaHome home) {
        this.program = program;
        this.home = home;
    }

    static Optional<Wall> find(JavaHome home) {
        return Programs.find("bwrap").map(program -> new Bubblewrap(program, home));
    }

    @Override
    public WallLevel level() {
        return WallLevel.BUBBLEWRAP;
    }

    @Override
    public String means() {
        return "bubblewrap: namespaces of its own for processes, files, network and users";
    }

    @Override
    public WalledCommand around(ChildPlaces places, List<String> java) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(program);
        line.addAll(ALONE);
        line.addAll(List.of("--setenv", "LC_ALL", "C.UTF-8"));
        line.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
        for (Path library : (Iterable<Path>) JavaHome.libraries()::iterator) {
            readable(line, library);
        }
        bind(line, "--ro-bind", home.folder(), home.folder());
        home.linked().forEach((said, real) -> bind(line, "--ro-bind", real, said));
        Stream.concat(places.readable().stream(), places.socket().map(Path::getParent).stream())
                .forEach(path -> bind(line, "--ro-bind", path, path));
        bind(line, "--bind", places.work(), places.work());
        line.addAll(List.of("--chdir", places.work().toString(), "--"));
        line.addAll(java);
        return new WalledCommand(line, false);
    }

    /** A folder, or the link to one that a distribution with one folder for all programs has in its place. */
    private static void readable(List<String> line, Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            line.addAll(List.of("--symlink", Files.readSymbolicLink(path).toString(), path.toString()));
        } else {
            bind(line, "--ro-bind", path, path);
        }
    }

    private static void bind(List<String> line, String how, Path from, Path to) {
        line.addAll(List.of(how, from.toString(), to.toString()));
    }
}
