package io.dataprism.kernel;

import io.dataprism.api.Caller;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What {@link ShortOfHeapTest} runs in a JVM with little heap: a node with a hog and a neighbour. Says what became of the hog, then how the neighbour fares.
 */
public final class ShortOfHeap {
    private static final Set<PluginState> ENDED = Set.of(PluginState.SUSPENDED, PluginState.QUARANTINED);

    private ShortOfHeap() {}

    /** @param words the data folder, the neighbour's jar, the hog's jar, or nothing more where the hog is there already */
    public static void main(String[] words) {
        try {
            run(words);
        } catch (Exception | Error e) {
            e.printStackTrace(System.out);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(String[] words) throws Exception {
        Vertx vertx = Vertx.vertx();
        Kernel kernel = await(Kernel.create(
                vertx,
                KernelOptions.DEFAULT
                        .withDataFolder(Path.of(words[0]))
                        .withSandboxed(true)
                        .withAdmission(AdmissionOptions.DEFAULT.withUntrusted(Untrusted.ALLOW))
                        .withResources(ResourceOptions.DEFAULT
                                .withMaxMemoryPerPlugin(1L << 30)
                                .withMaxCpuPerPlugin(1_000))
                        .withIntervals(Duration.ofMillis(50), Duration.ofSeconds(5))));
        kernel.events().subscribe("kernel.memory.*", event -> say("told", event.topic() + " " + event.body()));
        kernel.events().subscribe("plugin.hog.*", event -> say("hog", event.topic()));
        await(kernel.load(ArtifactSource.path(Path.of(words[1])), LoadOptions.DEFAULT));
        if (words.length > 2) {
            await(kernel.load(ArtifactSource.path(Path.of(words[2])), LoadOptions.DEFAULT));
            Future<Object> begun = kernel.call("hog", "begin", null);
            begun.onFailure(cause -> say("begin", cause.getMessage()));
        } else {
            await(kernel.load("hog", LoadOptions.DEFAULT));
        }
        int answered = 0;
        int after = 0;
        while (after < 20) {
            if ("pong".equals(answer(kernel))) {
                answered++;
                after += ENDED.contains(state(kernel)) ? 1 : 0;
            }
        }
        PluginInfo hog = kernel.plugin("hog").orElseThrow();
        say("ended", hog.state().label());
        say("why", hog.reason().orElse(hog.failure().map(f -> f.message()).orElse("")));
        say("answered", answered);
        JsonObject audit =
                await(kernel.control().invoke(Caller.OPERATOR, "audit", "list", new JsonObject().put("plugin", "hog")));
        say("audit", audit.encode());
        await(kernel.close(Duration.ofSeconds(10)));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static Object answer(Kernel kernel) throws Exception {
        try {
            return await(kernel.call("neighbour", "ping", null));
        } catch (java.util.concurrent.ExecutionException | OutOfMemoryError shortOfHeap) {
            return shortOfHeap;
        }
    }

    private static PluginState state(Kernel kernel) {
        return kernel.plugin("hog").orElseThrow().state();
    }

    private static void say(String what, Object said) {
        System.out.println(what + ": " + said);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
