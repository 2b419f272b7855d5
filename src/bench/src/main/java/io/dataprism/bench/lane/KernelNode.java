package io.dataprism.bench.lane;

import io.dataprism.api.Plugin;
import io.dataprism.bench.plugin.Meeting;
import io.dataprism.bench.plugin.Resting;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.ResourceOptions;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.audit.AuditOptions;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.testkit.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A whole kernel with all its checks on, running plugins from real jars. Only one default is changed: a plugin may use more than half a
 * core, since a sender that is held to its share measures the throttle.
 */
final class KernelNode implements AutoCloseable {
    private static final ResourceOptions UNTHROTTLED = new ResourceOptions(
            1L << 30, 8L << 30, 100_000, 10_000, 16L << 20, 10_000, 4L << 30, Duration.ofSeconds(1));
    private static final AtomicInteger MEETINGS = new AtomicInteger();

    private static final String TYPES = "types";

    private final Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final Kernel kernel;
    private final String meeting = "lane-" + MEETINGS.incrementAndGet();

    private String dependencies = "";

    KernelNode() throws Exception {
        this(UNTHROTTLED);
    }

    KernelNode(ResourceOptions resources) throws Exception {
        this(resources, false);
    }

    /** @param sandboxed whether plugins' calls of the JDK are checked */
    KernelNode(boolean sandboxed) throws Exception {
        this(UNTHROTTLED, sandboxed);
    }

    private KernelNode(ResourceOptions resources, boolean sandboxed) throws Exception {
        folder = Files.createTempDirectory("dataprism-bench-");
        kernel = await(Kernel.create(
                vertx,
                KernelOptions.DEFAULT
                        .withResources(resources)
                        .withSandboxed(sandboxed)
                        // The first layer alone is what is measured
                        .withAdmission(AdmissionOptions.DEFAULT.withUntrusted(Untrusted.ALLOW))));
    }

    private KernelNode(Path folder) throws Exception {
        this.folder = folder;
        AuditOptions audit = AuditOptions.DEFAULT.withHeads(folder.resolve("heads.jsonl"), Duration.ofSeconds(1));
        kernel = await(Kernel.create(
                vertx,
                KernelOptions.DEFAULT
                        .withResources(UNTHROTTLED)
                        .withDataFolder(folder.resolve("data"))
                        .withAudit(audit)));
    }

    /** One that has a data folder, and keeps an audit log. */
    static KernelNode audited() throws Exception {
        return new KernelNode(Files.createTempDirectory("dataprism-bench-"));
    }

    Vertx vertx() {
        return vertx;
    }

    /** Run a verticle of the host's beside the kernel. */
    void deploy(VerticleBase verticle) throws Exception {
        await(vertx.deployVerticle(verticle));
    }

    /** Leave {@code thing} where the plugin that plays {@code role} finds it. */
    void leave(String role, Object thing) {
        MeetingPlace.leave(meeting, role, thing);
    }

    /**
     * A plugin in its jar.
     *
     * @param options its configuration and the permissions that are granted to it
     */
    record Packed(Path jar, LoadOptions options) {}

    /** Run a plugin that exports the package of {@code shared}, which all that are packed from now on depend on. */
    void share(Class<?> shared) throws Exception {
        Path jar = PluginJar.of(TYPES)
                .main(Resting.class)
                .classes(shared)
                .manifest("exports: [" + shared.getPackageName() + "]")
                .writeTo(folder);
        await(kernel.load(ArtifactSource.path(jar), LoadOptions.DEFAULT));
        dependencies = "dependencies: [{plugin: " + TYPES + ", version: '*'}]";
    }

    /** Write {@code type} into a jar as the plugin {@code id}; its role has its id's name. */
    Packed pack(
            String id,
            Class<? extends Plugin> type,
            JsonObject config,
            List<String> permissions,
            String... capabilities) {
        String[] wanted = permissions.toArray(String[]::new);
        Path jar = PluginJar.of(id)
                .main(type)
                .classes(Meeting.class)
                .requests(wanted)
                .manifest(dependencies)
                .capabilities(capabilities)
                .writeTo(folder);
        JsonObject all = config.copy().put("meeting", meeting).put("role", id);
        return new Packed(jar, LoadOptions.withConfig(all).grants(wanted));
    }

    Future<?> load(Packed plugin) {
        return kernel.load(ArtifactSource.path(plugin.jar()), plugin.options());
    }

    /** Pack it and load it. */
    void run(
            String id,
            Class<? extends Plugin> type,
            JsonObject config,
            List<String> permissions,
            String... capabilities)
            throws Exception {
        await(load(pack(id, type, config, permissions, capabilities)));
    }

    /** Run {@code type} with another class in its jar; it offers the capability {@code call}. */
    void runWith(String id, Class<? extends Plugin> type, List<String> permissions, Class<?> other) throws Exception {
        String[] wanted = permissions.toArray(String[]::new);
        Path jar = PluginJar.of(id)
                .main(type)
                .classes(other)
                .requests(wanted)
                .capabilities("call")
                .writeTo(folder);
        await(kernel.load(ArtifactSource.path(jar), LoadOptions.DEFAULT.grants(wanted)));
    }

    /** Call a plugin as the host does, and wait for the answer. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // as the kernel's own
    <T> T call(String plugin, String capability, JsonObject request) throws Exception {
        return await(kernel.<T>call(plugin, capability, request));
    }

    @Override
    public void close() throws Exception {
        await(kernel.close(Duration.ofSeconds(20)));
        await(vertx.close());
        MeetingPlace.end(meeting);
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    static <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.MINUTES);
    }
}
