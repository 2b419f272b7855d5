package io.dataprism.faults.node;

import io.dataprism.faults.plugin.Neighbour;
import io.dataprism.faults.plugin.Pacer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * A folder in which nodes run, one at a time: configuration, jars, data. One thread. Closing it ends the node and deletes the folder.
 */
public final class Scene implements AutoCloseable {
    /** Who measures how quickly the neighbours answer. */
    static final String PACER = "pacer";

    private final Distribution distribution;
    private final Path folder;
    private final Map<String, String> node = new LinkedHashMap<>();
    private final Map<String, String> plugins = new LinkedHashMap<>();
    private final List<NodeProcess> started = new ArrayList<>();
    private List<String> jvm = List.of("-Xmx512m");
    private Path data;

    public Scene(Distribution distribution) throws IOException {
        this.distribution = distribution;
        folder = Files.createTempDirectory("dataprism-faults-");
        data = folder.resolve("data");
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("jars"));
        node.put("sandboxed", "true");
        node.put("check-every", "500ms");
    }

    public Path folder() {
        return folder;
    }

    public Path data() {
        return data;
    }

    public Path configuration() {
        return folder.resolve("conf/kernel.yaml");
    }

    /** Keep the data somewhere else. */
    public Scene data(Path elsewhere) {
        data = elsewhere;
        return this;
    }

    /** A key of the section {@code node}. */
    public Scene node(String key, String value) {
        node.put(key, value);
        return this;
    }

    /** The options of the node's JVM, in place of {@code -Xmx512m}. */
    public Scene jvm(String... options) {
        jvm = List.of(options);
        return this;
    }

    /** Pack a plugin and have the configuration want it. */
    public Path add(Guest guest) {
        Path jar = pack(guest);
        plugins.put(guest.id(), guest.section(jar));
        return jar;
    }

    /** Pack a plugin, and no more. */
    public Path pack(Guest guest) {
        return guest.pack(folder.resolve("jars"));
    }

    /** Plugins that answer at once, and one that measures how quickly they do. */
    public Scene neighbours(int number) {
        for (int i = 0; i < number; i++) {
            add(Guest.of(Neighbour.NAME + i, Neighbour.class).offers("echo"));
        }
        add(Guest.of(PACER, Pacer.class)
                .offers("measure")
                .may("call:" + Neighbour.NAME + "*:echo")
                .entry("lib/HdrHistogram.jar", histogramLibrary())
                .conf("limits: {cpu: 400}")
                .conf("config: {neighbours: " + number + "}"));
        return this;
    }

    private static byte[] histogramLibrary() {
        try {
            return Files.readAllBytes(Path.of(Histogram.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The configuration as it is wanted now. */
    public String wanted() {
        StringBuilder yaml =
                new StringBuilder("version: 1\nnode:\n  data: ").append(data).append('\n');
        node.forEach((key, value) ->
                yaml.append("  ").append(key).append(": ").append(value).append('\n'));
        yaml.append(plugins.isEmpty() ? "plugins: {}\n" : "plugins:\n");
        plugins.values().forEach(yaml::append);
        return yaml.toString();
    }

    /** Put the configuration in its place, as a whole. */
    public void write() throws IOException {
        Path part = folder.resolve("kernel.part");
        Files.writeString(part, wanted());
        Files.move(part, configuration(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Write the configuration and bring a node up with it; returns when it says that it runs. */
    public NodeProcess start() throws IOException, InterruptedException {
        NodeProcess process = launch();
        process.awaitRunning();
        return process;
    }

    /** The same without waiting for it. */
    public NodeProcess launch() throws IOException {
        write();
        NodeProcess process = new NodeProcess(distribution.command(jvm), folder, data, started.size());
        started.add(process);
        return process;
    }

    /** All that its nodes have printed, the last one's last. */
    public String log() throws IOException {
        StringBuilder all = new StringBuilder();
        for (NodeProcess process : started) {
            all.append(process.out()).append(process.err());
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        for (NodeProcess process : started) {
            process.close();
        }
        delete(folder);
    }

    public static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
