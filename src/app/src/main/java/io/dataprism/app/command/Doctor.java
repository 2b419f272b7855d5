package io.dataprism.app.command;

import io.dataprism.api.PluginException;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.dataprism.kernel.process.wall.Enclosure;
import io.dataprism.kernel.process.wall.WallLevel;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.text.IoCause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the machine, and at the node that runs, and says what is missing or wrong and how to get it. */
final class Doctor {
    private static final int LEAST_JAVA = 17;
    private static final long LEAST_FREE = 1L << 30;
    private static final long MEGABYTE = 1L << 20;

    private final Screen screen;
    private final NodeOption node;
    private final List<Check> checks = new ArrayList<>();

    Doctor(Screen screen, NodeOption node) {
        this.screen = screen;
        this.node = node;
    }

    /** One thing looked at. */
    private record Check(String name, Verdict verdict, String found, String remedy) {
        JsonObject toJson() {
            return new JsonObject()
                    .put("check", name)
                    .put("verdict", verdict.name().toLowerCase(java.util.Locale.ROOT))
                    .put("found", found)
                    .put("remedy", remedy);
        }
    }

    private enum Verdict {
        OK,
        /** Something that some commands need. */
        LACKING,
        /** Something that everything needs, or a node that is not as it should be. */
        BAD
    }

    int report(boolean asJson) {
        JsonArray all = examine();
        if (asJson) {
            screen.out().println(all.encodePrettily());
        } else {
            checks.forEach(this::print);
        }
        return checks.stream().anyMatch(check -> check.verdict() == Verdict.BAD) ? ExitCode.FAILED : ExitCode.OK;
    }

    /** Look at everything; each with its {@code check}, {@code verdict}, {@code found} and {@code remedy}. */
    JsonArray examine() {
        java();
        machine();
        sockets();
        Path here = Product.home().orElse(Path.of("")).toAbsolutePath();
        disk(here);
        walls();
        tool("maven", List.of("mvn"), "needed to build and by plugins new; apt-get install maven");
        tool(
                "browser",
                List.of("chromium", "chromium-browser", "google-chrome"),
                "needed by tests of the bridge only; apt-get install chromium");
        tool("driver", List.of("chromedriver"), "needed by tests of the bridge only; apt-get install chromium-driver");
        tool("npm", List.of("npm"), "needed by tests of the bridge only; apt-get install npm");
        tool(
                "compose",
                List.of("docker-compose"),
                "needed by the test of docker-compose.yml only; apt-get install docker-compose");
        tool("gradle", List.of("gradle"), "needed by the test of Gradle's build file only; apt-get install gradle");
        artifacts(node.folder());
        if (node.isRunning()) {
            node();
        }
        JsonArray all = new JsonArray();
        checks.forEach(check -> all.add(check.toJson()));
        return all;
    }

    private void print(Check check) {
        String mark = switch (check.verdict()) {
            case OK -> screen.styled(Style.GREEN, "ok     ");
            case LACKING -> screen.styled(Style.YELLOW, "lacking");
            case BAD -> screen.styled(Style.RED, "bad    ");
        };
        String remedy = check.verdict() == Verdict.OK ? "" : " (" + check.remedy() + ")";
        screen.out().printf("%s  %-8s  %s%s%n", mark, check.name(), check.found(), remedy);
    }

    private void java() {
        int major = Runtime.version().feature();
        add(
                "java",
                major >= LEAST_JAVA,
                Runtime.version() + " at " + System.getProperty("java.home"),
                "install JDK 17 or newer");
    }

    private void machine() {
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.maxMemory() / MEGABYTE;
        add(
                "machine",
                heap >= 256,
                runtime.availableProcessors() + " cores, up to " + heap + " MB of heap",
                "give the JVM more: DATAPRISM_JAVA_OPTS=-Xmx1g");
    }

    /** A node's control socket is a Unix-domain socket. */
    private void sockets() {
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            add("sockets", channel.isOpen(), "Unix-domain sockets work", "");
        } catch (IOException | UnsupportedOperationException e) {
            add("sockets", false, "no Unix-domain sockets: " + e.getMessage(), "use a system that has them");
        }
    }

    private void disk(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            boolean fits = free >= LEAST_FREE && Files.isWritable(folder);
            add(
                    "disk",
                    fits,
                    free / MEGABYTE + " MB free at " + folder + (Files.isWritable(folder) ? "" : ", not writable"),
                    "free 1 GB there, or work in another folder");
        } catch (IOException e) {
            add("disk", false, folder + " cannot be read: " + IoCause.of(e), "work in another folder");
        }
    }

    /** What stands around a plugin in a process of its own: tried, in a folder that goes with it. */
    private void walls() {
        try {
            Path folder = Files.createTempDirectory("dataprism-walls");
            try (Enclosure enclosure = Enclosure.in(folder)) {
                checks.add(new Check(
                        "walls",
                        enclosure.level() == WallLevel.NONE ? Verdict.LACKING : Verdict.OK,
                        enclosure.level().label() + ": " + PlainText.of(enclosure.told()),
                        "needed by plugins with isolation process that nobody vouches for; apt-get install bubblewrap, or"
                                + " Perl on Linux 5.13 or newer"));
            } finally {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            add("walls", false, "can't be tried: " + IoCause.of(e), "see there");
        }
    }

    private void tool(String name, List<String> programs, String remedy) {
        String path = System.getenv().getOrDefault("PATH", "");
        String found = Stream.of(path.split(java.io.File.pathSeparator))
                .flatMap(folder -> programs.stream().map(program -> Path.of(folder, program)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        checks.add(new Check(
                name, found.isEmpty() ? Verdict.LACKING : Verdict.OK, found.isEmpty() ? "not found" : found, remedy));
    }

    /** By their hashes, which no start takes the time for. */
    private void artifacts(Path data) {
        if (!Files.isDirectory(data)) {
            return;
        }
        try {
            List<PluginException> damaged = PluginRegistry.examine(data);
            if (damaged.isEmpty()) {
                add("plugins", true, "those in " + data + " are as they were installed", "");
            }
            damaged.forEach(one -> add("plugins", false, PlainText.of(String.valueOf(one.getMessage())), "see there"));
        } catch (PluginException e) {
            add("plugins", false, PlainText.of(String.valueOf(e.getMessage())), "see there");
        }
    }

    /** What the node knows of itself. */
    private void node() {
        try {
            JsonObject info = node.ask("node", "info", new JsonObject());
            add("node", true, "'" + info.getString("node") + "' runs, data in " + node.folder(), "");
            leftOut(info);
            long lost = info.getLong("threadsLost", 0L);
            if (lost > 0) {
                add(
                        "node",
                        false,
                        lost + " threads are lost to plugins' code that can't be ended",
                        "restart the node; the plugins are quarantined");
            }
            info.getJsonArray("failingChecks", new JsonArray())
                    .forEach(check ->
                            add("node", false, FailingCheckLine.of((JsonObject) check), FailingCheckLine.REMEDY));
            info.getJsonArray("promises", new JsonArray()).forEach(promise -> weaker((JsonObject) promise));
        } catch (PluginException e) {
            add("node", false, PlainText.of(String.valueOf(e.getMessage())), "see the node's log");
        }
    }

    /** What it was told not to run. */
    private void leftOut(JsonObject info) {
        String without = info.getJsonArray("without", new JsonArray()).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        if (info.getBoolean("safe", false) || !without.isEmpty()) {
            checks.add(new Check(
                    "node",
                    Verdict.LACKING,
                    info.getBoolean("safe", false)
                            ? "it runs nothing but the kernel, as --safe says"
                            : "it runs without " + without + ", as --without says",
                    "start it again without that option"));
        }
    }

    /** A promise that the node does not keep as it was started. */
    private void weaker(JsonObject promise) {
        if (!promise.getBoolean("kept", true)) {
            checks.add(new Check(
                    "node",
                    Verdict.LACKING,
                    "not promised: " + PlainText.of(promise.getString("name")),
                    PlainText.of(promise.getString("reason"))));
        }
    }

    private void add(String name, boolean good, String found, String remedy) {
        checks.add(new Check(name, good ? Verdict.OK : Verdict.BAD, found, remedy));
    }
}
