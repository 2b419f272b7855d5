package io.dataprism.app.node;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.pipeline.Catalogue;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.ResourceOptions;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.permission.PermissionRule;
import io.dataprism.kernel.registry.ArtifactSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A kernel for the length of one command, in this process: with the plugins that ship, each granted what it requests, or with those of a
 * configuration. Used by one thread, which may block.
 */
public final class LocalNode implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    /** Nobody else waits behind a command's charts, so on a busy machine they take what a step of a pipeline may take. */
    private static final Map<String, LoadOptions> PATIENT =
            Map.of("charts", LoadOptions.withConfig(new JsonObject().put("maxSeconds", 115)));

    private final Vertx vertx;
    private final Kernel kernel;
    private final boolean shipped;
    private final Map<String, PluginException> refused = new HashMap<>();

    private LocalNode(Vertx vertx, Kernel kernel, boolean shipped) {
        this.vertx = vertx;
        this.kernel = kernel;
        this.shipped = shipped;
    }

    /** With the shipped plugins installed; {@link #load} starts those that are needed. */
    public static LocalNode ofShipped(Shipped shipped) throws InterruptedException {
        return ofShipped(shipped, ScratchFolder.open());
    }

    static LocalNode ofShipped(Shipped shipped, Optional<Path> scratch) throws InterruptedException {
        if (shipped.jars().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "DP-0904",
                    "No plugins come with this DataPrism: expected jars in the folder 'plugins' of the distribution."
                            + " Start it with ./dataprism, or with java -jar from a whole distribution.");
        }
        Map<String, PluginException> refused = new ConcurrentHashMap<>();
        Preparation installing = kernel -> installAll(kernel, shipped.jars(), refused);
        LocalNode node;
        try {
            node = open(scratch, true, AdmissionOptions.DEFAULT, installing);
        } catch (PluginException e) {
            if (!e.code().equals("DP-0807")) {
                throw e;
            }
            // Another command found the same folder free, and was quicker
            node = open(Optional.empty(), true, AdmissionOptions.DEFAULT, installing);
        }
        node.refused.putAll(refused);
        return node;
    }

    /** With the plugins of a configuration, all started. */
    public static LocalNode of(NodeConf conf) throws InterruptedException {
        return open(Optional.empty(), false, conf.kernel().admission(), kernel -> kernel.apply(conf.desired()));
    }

    private interface Preparation {
        Future<?> prepare(Kernel kernel);
    }

    private static LocalNode open(
            Optional<Path> data, boolean shipped, AdmissionOptions admission, Preparation preparation)
            throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        KernelOptions options = data.map(KernelOptions.DEFAULT::withDataFolder)
                .orElse(KernelOptions.DEFAULT)
                .withSandboxed(true)
                .withAdmission(admission)
                // Whoever waits for this one command has nothing to share the machine with.
                .withResources(ResourceOptions.DEFAULT.withAllProcessors())
                .withDevMode(true); // a plugin that was built again is another artifact of the same version
        try {
            Kernel kernel = Waiting.on(Kernel.create(vertx, options));
            LocalNode node = new LocalNode(vertx, kernel, shipped);
            Waiting.on(preparation.prepare(kernel));
            return node;
        } catch (PluginException e) {
            Waiting.within(CLOSE_WITHIN, vertx.close());
            throw e;
        }
    }

    /** One that is broken stands in nobody's way but who asks for it. */
    private static Future<?> installAll(Kernel kernel, Map<String, Path> jars, Map<String, PluginException> refused) {
        List<Future<PluginInfo>> installs = new ArrayList<>();
        jars.forEach((id, jar) -> installs.add(kernel.install(ArtifactSource.shipped(jar))
                .map(info -> grantAll(kernel, info))
                .onFailure(failure -> refused.put(id, known(failure)))));
        return Future.join(installs).otherwiseEmpty();
    }

    private static PluginException known(Throwable failure) {
        return failure instanceof PluginException known
                ? known
                : new PluginException("DP-0990", "A shipped plugin could not be installed: " + failure, failure);
    }

    /** What ships with DataPrism is trusted with what it asks for. */
    private static PluginInfo grantAll(Kernel kernel, PluginInfo info) {
        PluginManifest manifest = info.manifest();
        manifest.permissions()
                .forEach(request -> kernel.grants()
                        .giveAnew(
                                Caller.plugin(manifest.id()),
                                PermissionRule.parse(request.permission()),
                                "operator",
                                "ships with DataPrism"));
        return info;
    }

    /** The plugins there are, with their capabilities. */
    public Catalogue catalogue() {
        Catalogue catalogue = new Catalogue(Map.of());
        for (PluginInfo plugin : kernel.plugins()) {
            catalogue = catalogue.and(plugin.id().value(), plugin.manifest().capabilities());
        }
        return catalogue;
    }

    /** Start these plugins, and what they depend on; those of a configuration run already. */
    public void load(Set<String> plugins) throws InterruptedException {
        for (String plugin : plugins) {
            if (refused.containsKey(plugin)) {
                throw refused.get(plugin);
            }
        }
        if (shipped) {
            List<Future<PluginInfo>> loads = new TreeSet<>(plugins)
                    .stream()
                            .map(plugin -> kernel.load(plugin, PATIENT.getOrDefault(plugin, LoadOptions.DEFAULT)))
                            .toList();
            for (Future<PluginInfo> load : loads) {
                Waiting.on(load);
            }
        }
    }

    /** How plugins are called here. */
    public KernelCalls calls() {
        return new KernelCalls(kernel);
    }

    /** The process ends with the command, so whatever does not stop in time is left to that. */
    @Override
    public void close() throws InterruptedException {
        Waiting.within(CLOSE_WITHIN.plus(CLOSE_WITHIN), kernel.close(CLOSE_WITHIN));
        Waiting.within(CLOSE_WITHIN, vertx.close());
    }
}
