package io.dataprism.kernel.testing;

import io.dataprism.testjars.CompiledJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * Builds the jar of a plugin from a few lines of Java, in a test. What the plugin's steps do is noted where the test can read it
 * ({@link #notes}), since the plugin sees nothing of the test's classes.
 */
public final class PluginJar {
    private static final String NOTES = "dataprism.test.notes";
    private static final String GATE = "dataprism.test.gate";
    private static final String DONE = "return Future.succeededFuture();";

    private final String id;
    private final Map<String, String> bodies = new LinkedHashMap<>();
    private final Map<String, String> handlers = new LinkedHashMap<>();
    private final List<String> manifest = new ArrayList<>();
    private final List<String> capabilities = new ArrayList<>();
    private final List<String> dependencies = new ArrayList<>();
    private final List<String> permissions = new ArrayList<>();
    private final CompiledJar jar = new CompiledJar();
    private String version = "1.0.0";
    private String category = "utility";
    private String main = "Main";
    private String members = "";
    private String also = "";
    private String source = "";

    private PluginJar(String id) {
        this.id = id;
    }

    public static PluginJar of(String id) {
        return new PluginJar(id);
    }

    /** What plugins noted: {@code <id>:<step>}, in order. */
    @SuppressWarnings("unchecked")
    public static Queue<String> notes() {
        return (Queue<String>)
                System.getProperties().computeIfAbsent(NOTES, none -> new ConcurrentLinkedQueue<String>());
    }

    /** What the plugins' {@code gate()} waits for from now on, and what their {@code isOpen()} tells. */
    public static CountDownLatch gate() {
        CountDownLatch made = new CountDownLatch(1);
        System.getProperties().put(GATE, made);
        return made;
    }

    public PluginJar version(String number) {
        version = number;
        return this;
    }

    /** The package of its classes. */
    public static String packageOf(String id) {
        return "test." + id.replace('-', '_');
    }

    /** What {@code initialize}, {@code start}, {@code stop}, {@code destroy}, {@code constructor} or {@code configure} does. */
    public PluginJar does(String step, String java) {
        bodies.put(step, java);
        return this;
    }

    /** A capability; {@code java} sees {@code call} and returns a future. */
    public PluginJar capability(String name, String java) {
        capabilities.add(name);
        handlers.put(name, java);
        return this;
    }

    /** A capability that stands in the manifest but is not offered. */
    public PluginJar declares(String name) {
        capabilities.add(name);
        return this;
    }

    public PluginJar category(String name) {
        category = name;
        return this;
    }

    /** A capability that is offered but stands in no manifest. */
    public PluginJar undeclared(String name) {
        handlers.put(name, DONE);
        return this;
    }

    public PluginJar dependsOn(String plugin, String range) {
        dependencies.add("  - {plugin: " + plugin + ", version: '" + range + "'}");
        return this;
    }

    public PluginJar mayDependOn(String plugin) {
        dependencies.add("  - {plugin: " + plugin + ", version: '*', optional: true}");
        return this;
    }

    public PluginJar permission(String permission) {
        permissions.add("  - {permission: '" + permission + "', reason: for the test}");
        return this;
    }

    /** Lines for {@code plugin.yaml}. */
    public PluginJar yaml(String lines) {
        manifest.add(lines);
        return this;
    }

    /** Members of the plugin's class. */
    public PluginJar members(String java) {
        members = java;
        return this;
    }

    /** Further interfaces, for example {@code Configurable}. */
    public PluginJar alsoImplements(String types) {
        also = ", " + types;
        return this;
    }

    /** The plugin's class as it is, in place of the one that is put together here. */
    public PluginJar source(String java) {
        source = java;
        return this;
    }

    /** What {@code main} says. */
    public PluginJar main(String name) {
        main = name;
        return this;
    }

    /** One more class. */
    public PluginJar with(String java) {
        jar.source(java);
        return this;
    }

    /** One more file. */
    public PluginJar file(String name, String text) {
        jar.file(name, text);
        return this;
    }

    public PluginJar against(Path library) {
        jar.against(library);
        return this;
    }

    /** A library, nested in {@code lib/}. */
    public PluginJar nests(Path library) {
        try {
            jar.file("lib/" + library.getFileName(), Files.readAllBytes(library));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return against(library);
    }

    /** Build it into {@code folder}, as {@code <id>-<version>.jar}. */
    public Path in(Path folder) {
        Path file = folder.resolve(id + "-" + version + ".jar");
        for (int again = 2; Files.exists(file); again++) {
            file = folder.resolve(id + "-" + version + "-" + again + ".jar");
        }
        return jar.source(source.isEmpty() ? plugin() : source)
                .file("plugin.yaml", yaml())
                .build(file);
    }

    private String yaml() {
        StringBuilder yaml = new StringBuilder();
        yaml.append("id: ").append(id).append('\n');
        yaml.append("version: ").append(version).append('\n');
        yaml.append("main: ").append(packageOf(id)).append('.').append(main).append('\n');
        yaml.append("api: '*'\ncategory: ").append(category).append('\n');
        yaml.append("capabilities: [").append(String.join(", ", capabilities)).append("]\n");
        section(yaml, "dependencies", dependencies);
        section(yaml, "permissions", permissions);
        manifest.forEach(line -> yaml.append(line).append('\n'));
        return yaml.toString();
    }

    private static void section(StringBuilder yaml, String name, List<String> entries) {
        if (!entries.isEmpty()) {
            yaml.append(name).append(":\n").append(String.join("\n", entries)).append('\n');
        }
    }

    private String plugin() {
        String offered = handlers.entrySet().stream()
                .map(handler -> ".and(\"" + handler.getKey() + "\", call -> {" + handler.getValue() + "})")
                .collect(Collectors.joining());
        return """
                package %s;
                import io.dataprism.api.*;
                import io.vertx.core.*;
                import io.vertx.core.buffer.Buffer;
                import io.vertx.core.json.*;
                import java.time.*;
                import java.util.*;
                public class Main implements Plugin%s {
                    PluginContext context;
                    %s
                    public Main() { note("construct"); %s }
                    @SuppressWarnings("unchecked")
                    static void note(String what) {
                        Object notes = System.getProperties().get("%s");
                        if (notes != null) ((Queue<String>) notes).add("%s:" + what);
                    }
                    static void gate() throws InterruptedException {
                        ((java.util.concurrent.CountDownLatch) System.getProperties().get("%s")).await();
                    }
                    static boolean isOpen() {
                        return ((java.util.concurrent.CountDownLatch) System.getProperties().get("%s")).getCount() == 0;
                    }
                    public Future<Void> initialize(PluginContext context) throws Exception {
                        this.context = context; note("initialize"); %s
                    }
                    public Capabilities capabilities() { note("capabilities"); return Capabilities.none()%s; }
                    public Future<Void> start() throws Exception { note("start"); %s }
                    public Future<Void> stop() throws Exception { note("stop"); %s }
                    public Future<Void> destroy() throws Exception { note("destroy"); %s }
                    public Future<Void> configure(JsonObject config) throws Exception { note("configure"); %s }
                }
                """.formatted(
                        packageOf(id),
                        also,
                        members,
                        bodies.getOrDefault("constructor", ""),
                        NOTES,
                        id,
                        GATE,
                        GATE,
                        bodies.getOrDefault("initialize", DONE),
                        offered,
                        bodies.getOrDefault("start", DONE),
                        bodies.getOrDefault("stop", DONE),
                        bodies.getOrDefault("destroy", DONE),
                        bodies.getOrDefault("configure", DONE));
    }
}
