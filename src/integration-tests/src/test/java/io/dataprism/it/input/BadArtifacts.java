package io.dataprism.it.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Plugins that cannot be installed, resolved, made or started. */
final class BadArtifacts {
    private final Map<String, BadInputTest.Bad> cases = new LinkedHashMap<>();
    private final TestKernel kernel;

    BadArtifacts(TestKernel kernel) {
        this.kernel = kernel;
        files();
        manifests();
        classes();
        dependencies();
    }

    Map<String, BadInputTest.Bad> cases() {
        return cases;
    }

    /** Has nothing but a name. */
    public static final class Good implements Plugin {}

    /** Its constructor fails. */
    public static final class Throwing implements Plugin {
        public Throwing() {
            throw new IllegalStateException("no disk");
        }
    }

    /** Has no constructor that the kernel could use. */
    public static final class Choosy implements Plugin {
        public Choosy(int size) {
            size(size);
        }

        private static void size(int size) {}
    }

    /** Its first step never ends. */
    public static final class Endless implements Plugin {
        @Override
        public Future<Void> initialize(PluginContext context) {
            return Promise.<Void>promise().future();
        }
    }

    /** Its start fails. */
    public static final class Failing implements Plugin {
        @Override
        public Future<Void> start() {
            return Future.failedFuture(new IllegalStateException("no network"));
        }
    }

    private static PluginJar good(String id) {
        return PluginJar.of(id).main(Good.class);
    }

    private Future<?> install(Path file) {
        return kernel.kernel().install(ArtifactSource.path(file));
    }

    private Future<?> install(String file, String content) throws Exception {
        return install(Files.writeString(kernel.folder().resolve(file), content));
    }

    private Future<?> installed(PluginJar jar) {
        return install(jar.writeTo(kernel.folder()));
    }

    private Future<?> loaded(String id, PluginJar jar) {
        return installed(jar).compose(done -> kernel.kernel().load(id));
    }

    private void files() {
        cases.put("broken zip", () -> install("broken.jar", "no zip at all"));
        cases.put("empty file", () -> install("empty.jar", ""));
        cases.put("no such file", () -> install(kernel.folder().resolve("nowhere.jar")));
        cases.put("no manifest", () -> {
            Path folder = Files.createDirectories(kernel.folder().resolve("bare"));
            Files.writeString(folder.resolve("readme.txt"), "nothing else");
            return install(folder);
        });
        cases.put("jar that was changed", () -> {
            Path jar = good("changed").writeTo(kernel.folder());
            return kernel.kernel()
                    .install(new ArtifactSource.OnDisk(jar, java.util.Optional.of("0".repeat(64)), false));
        });
    }

    private void manifests() {
        manifest("not YAML", "id: [");
        manifest("empty", "");
        manifest("duplicate key", "id: twice\nid: twice\n");
        wrong("id", good("Not An Id"));
        wrong("version", good("wrong-version").version("one"));
        wrong("key", good("wrong-key").manifest("licence: MIT"));
        wrong("permission", good("wrong-permission").requests("event-publsh:a"));
        wrong("scope", good("wrong-scope").requests("call:**"));
        wrong("dependency's range", good("wrong-range").manifest("dependencies: [{plugin: a, version: newest}]"));
        wrong("limit", good("wrong-limit").manifest("limits: {memory: much}"));
        wrong("isolation", good("wrong-isolation").manifest("isolation: wasm"));
        wrong("activation", good("wrong-activation").manifest("activation: {onCapability: [nothing]}"));
        wrong("config schema", good("wrong-schema").manifest("configSchema: {type: objekt}"));
        cases.put(
                "API too new",
                () -> installed(good("futuristic")
                        .manifest("permissions: []")
                        .entry(
                                "plugin.yaml",
                                good("futuristic")
                                        .yaml()
                                        .replace("api: \"*\"", "api: ^9.0.0")
                                        .getBytes(UTF_8))));
    }

    private void manifest(String name, String yaml) {
        String folder = name.replace(' ', '-');
        cases.put("manifest: " + name, () -> {
            Path made = Files.createDirectories(kernel.folder().resolve(folder));
            Files.writeString(made.resolve("plugin.yaml"), yaml);
            return install(made);
        });
    }

    private void wrong(String what, PluginJar jar) {
        cases.put("manifest: wrong " + what, () -> installed(jar));
    }

    private void classes() {
        cases.put("class missing", () -> installed(PluginJar.of("absent").main("no.such.Class")));
        cases.put(
                "class broken",
                () -> loaded(
                        "broken", PluginJar.of("broken").main("b.B").entry("b/B.class", "no class".getBytes(UTF_8))));
        cases.put(
                "class not a Plugin",
                () -> loaded(
                        "stranger",
                        PluginJar.of("stranger").main("s.S").source("s.S", "package s; public class S {}")));
        cases.put(
                "constructor that throws",
                () -> loaded("throwing", PluginJar.of("throwing").main(Throwing.class)));
        cases.put(
                "constructor with parameters",
                () -> loaded("choosy", PluginJar.of("choosy").main(Choosy.class)));
        cases.put(
                "initialize that never ends",
                () -> loaded(
                        "endless",
                        PluginJar.of("endless").main(Endless.class).manifest("limits: {steps: {initialize: 200ms}}")));
        cases.put(
                "start that fails",
                () -> loaded("failing", PluginJar.of("failing").main(Failing.class)));
        cases.put(
                "config against its schema",
                () -> installed(
                                good("strict")
                                        .manifest(
                                                "configSchema: {type: object, required: [city], properties: {days: {type: integer}}}"))
                        .compose(done -> kernel.kernel()
                                .load("strict", LoadOptions.withConfig(new JsonObject().put("days", "many")))));
        cases.put("plugin that is not installed", () -> kernel.kernel().load("neighbor"));
        cases.put(
                "version that is not installed",
                () -> installed(good("old"))
                        .compose(done -> kernel.kernel().load("old", LoadOptions.DEFAULT.version("^2.0.0"))));
    }

    private void dependencies() {
        cases.put(
                "missing dependency",
                () -> loaded("lonely", good("lonely").manifest("dependencies: [{plugin: nobody, version: ^1.0.0}]")));
        cases.put(
                "dependency of another version",
                () -> loaded("fussy", good("fussy").manifest("dependencies: [{plugin: neighbour, version: ^2.0.0}]")));
        cases.put(
                "missing capability",
                () -> loaded("needy", good("needy").manifest("dependencies: [{capability: fly}]")));
        cases.put(
                "cyclic dependency",
                () -> installed(good("hen").manifest("dependencies: [{plugin: egg, version: ^1.0.0}]"))
                        .compose(done ->
                                loaded("egg", good("egg").manifest("dependencies: [{plugin: hen, version: ^1.0.0}]"))));
    }
}
