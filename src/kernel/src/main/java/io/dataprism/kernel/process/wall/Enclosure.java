package io.dataprism.kernel.process.wall;

import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one kernel puts around its children. Nothing is tried or started before somebody needs it: a node without such plugins pays nothing. Safe to use from any
 * thread; what is said to block does.
 */
public final class Enclosure implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Enclosure.class);

    private static final long KIB = 1024;
    private static final boolean LINUX =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");

    private final Path folder;
    private final Supplier<ControlGroups> groups;
    private final Starter starter = new Starter();
    private volatile @Nullable Walls walls;
    private @Nullable Tools tools;
    private boolean closed;

    /** What starts children, once one is to be started. */
    private record Tools(
            Guardian guardian, ShareKeeper shares, ControlGroups groups, String limits, List<String> apart) {
        static Tools start(Starter starter, ControlGroups groups) throws IOException {
            Guardian guardian = Guardian.start(starter);
            List<String> apart = Programs.find("setsid").map(List::of).orElse(List.of());
            return new Tools(guardian, new ShareKeeper(guardian), groups, Scripts.read("limits.sh"), apart);
        }
    }

    private Enclosure(Path folder, Optional<Wall> chosen, Supplier<ControlGroups> groups) {
        this.folder = folder;
        this.groups = groups;
        chosen.ifPresent(wall -> walls = new Walls(wall, List.of()));
    }

    /** @param folder in which the places of children are: what can be seen from there is what walls are tried with */
    public static Enclosure in(Path folder) {
        return new Enclosure(folder, Optional.empty(), ControlGroups::find);
    }

    /** With the wall of {@code level}, where that holds on this machine, and no other. Blocks as {@link #level} does. */
    public static Optional<Enclosure> at(Path folder, WallLevel level) throws IOException {
        if (level == WallLevel.NONE) {
            return Optional.of(with(folder, new NoWall(), ControlGroups::find));
        }
        JavaHome home = JavaHome.own();
        try (Starter starter = new Starter()) {
            WallTrial trial = new WallTrial(starter, home, folder);
            return candidates(home).stream()
                    .filter(wall -> wall.level() == level && trial.of(wall).holds())
                    .findFirst()
                    .map(wall -> with(folder, wall, ControlGroups::find));
        }
    }

    /** With this wall, whatever it is worth, and these groups. */
    static Enclosure with(Path folder, Wall wall, Supplier<ControlGroups> groups) {
        return new Enclosure(folder, Optional.of(wall), groups);
    }

    /** All that there may be on this machine, best first. */
    static List<Wall> candidates(JavaHome home) throws IOException {
        if (!LINUX) {
            return List.of();
        }
        List<Wall> all = new ArrayList<>();
        Bubblewrap.find(home).ifPresent(all::add);
        Landlock.find(home).ifPresent(all::add);
        all.addAll(OtherUser.find());
        return all;
    }

    /** What stands around children here. Blocks the first time, for about half a second, since each wall is tried. */
    public WallLevel level() {
        return walls().level();
    }

    /**
     * Ask for a wall, whichever. Blocks as {@link #level} does.
     *
     * @throws PluginException {@code DP-1021} where none holds, in words that go after a plugin's name
     */
    public void requireWall() {
        if (level() == WallLevel.NONE) {
            throw new PluginException(
                    "DP-1021",
                    "is to have a process of its own, but nobody vouches for it, and nothing on this machine would keep that process"
                            + " from the kernel's memory and files: " + told()
                            + ". Install bubblewrap, or Perl on a Linux with Landlock (5.13 or newer); or have the plugin"
                            + " signed by somebody whom the policy trusts, name its SHA-256 in its section, or say"
                            + "  untrusted: allow  in the section 'admission'.");
        }
    }

    /** What was found, in words. Blocks as {@link #level} does. */
    public String told() {
        return walls().told();
    }

    /** What stands around children, where somebody has asked before. */
    public Optional<WallLevel> known() {
        return Optional.ofNullable(walls).map(Walls::level);
    }

    private Walls walls() {
        Walls found = walls;
        return found == null ? tried() : found;
    }

    private synchronized Walls tried() {
        Walls found = walls;
        if (found == null) {
            try {
                JavaHome home = JavaHome.own();
                found = Walls.among(candidates(home), new WallTrial(starter, home, folder));
            } catch (IOException e) {
                LOG.warn("No wall can be tried: {}", e.toString());
                found = new Walls(new NoWall(), List.of());
            }
            walls = found;
            LOG.info(
                    "Plugins in a process of their own run behind '{}': {}",
                    found.level().label(),
                    found.told());
        }
        return found;
    }

    /** For the operator: the level, what was tried and seen, what the system limits. Blocks as {@link #level} does. */
    public JsonObject toJson() {
        JsonObject json = walls().toJson();
        synchronized (this) {
            if (tools != null) {
                json.put(
                        "limits",
                        new JsonObject()
                                .put("version", tools.groups.version())
                                .put("controllers", new JsonArray(tools.groups.controllers())));
                tools.guardian.trouble().ifPresent(trouble -> json.put("trouble", trouble));
            }
        }
        return json;
    }

    /** What is wrong with what ends children with the kernel, if something is. */
    public synchronized Optional<String> trouble() {
        return tools == null ? Optional.empty() : tools.guardian.trouble();
    }

    /**
     * Start {@code java} behind the wall and within {@code limits}, with next to nothing in its environment; its standard streams are pipes,
     * output and error one. Blocks.
     *
     * @throws IOException where it can't be started, or this is closed
     */
    public Enclosed start(ChildPlaces places, Limits limits, List<String> java) throws IOException {
        Walls found = walls();
        Tools used = tools();
        WalledCommand walled = found.best().around(places, java);
        ControlGroup group = used.groups.make();
        try {
            group.limit(limits);
            Process process = starter.start(line(used, group, limits, walled.line()), places.work());
            return new Enclosed(process, walled.connected(), found.level(), used.guardian, group, used.shares);
        } catch (IOException | RuntimeException e) {
            group.remove();
            throw e;
        }
    }

    private static List<String> line(Tools used, ControlGroup group, Limits limits, List<String> walled) {
        List<String> line = new ArrayList<>(used.apart);
        line.addAll(List.of("/bin/sh", "-c", used.limits, "dataprism-child"));
        line.add("data=" + limits.memory() / KIB);
        line.add("files=" + limits.files());
        group.entries().forEach(entry -> line.add("group=" + entry));
        line.add("--");
        line.addAll(walled);
        return line;
    }

    private synchronized Tools tools() throws IOException {
        if (closed) {
            throw new IOException("The kernel is closing");
        }
        Tools made = tools;
        if (made == null) {
            made = Tools.start(starter, groups.get());
            tools = made;
        }
        return made;
    }

    /** Of the guardian, for tests that end it. */
    synchronized ProcessHandle guardian() throws IOException {
        return tools().guardian.handle();
    }

    /** Children that still run are killed. */
    @Override
    public synchronized void close() {
        closed = true;
        if (tools != null) {
            tools.shares.close();
            tools.guardian.close();
        }
        starter.close();
    }
}
