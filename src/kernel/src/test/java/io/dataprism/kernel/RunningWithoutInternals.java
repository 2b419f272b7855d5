package io.dataprism.kernel;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What {@link WithoutInternalsTest} runs in a class loader of its own. */
public final class RunningWithoutInternals implements Function<Path, Map<String, String>> {

    @Override
    public Map<String, String> apply(Path jar) {
        try {
            return run(jar);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> run(Path jar) throws Exception {
        Map<String, String> seen = new HashMap<>();
        Vertx vertx = Vertx.vertx();
        Kernel kernel = await(Kernel.create(vertx, KernelOptions.DEFAULT));
        boolean carriers = kernel.promises().stream()
                .filter(promise -> promise.name().startsWith("everything of a plugin"))
                .allMatch(HostPromise::kept);
        seen.put("carriers", Boolean.toString(carriers));
        await(kernel.install(ArtifactSource.path(jar)));
        PluginId greeter = new PluginId("greeter");
        for (String permission : List.of("event-subscribe:news.*", "event-publish:heard.*")) {
            kernel.grants().grant(greeter, permission, "test", "");
        }
        await(kernel.load("greeter", LoadOptions.DEFAULT));
        JsonObject ada = new JsonObject().put("name", "Ada");
        seen.put("greeted", await(kernel.<String>call("greeter", "greet", ada)));
        JsonObject eve = new JsonObject().put("name", "Eve");
        seen.put(
                "raw",
                await(vertx.eventBus().<String>request("plugin:greeter:greet", eve))
                        .body());
        Promise<String> heard = Promise.promise();
        await(kernel.events().subscribe("heard.*", event -> heard.complete((String) event.body())));
        await(kernel.events().publish("news.today", "it rains"));
        seen.put("heard", await(heard.future()));
        Promise<String> bytes = Promise.promise();
        await(kernel.events().subscribe("bytes.*", event -> bytes.complete(((Buffer) event.body()).toString())));
        await(kernel.events().publish("bytes.one", Buffer.buffer("shared")));
        seen.put("bytes", await(bytes.future()));
        await(kernel.unload("greeter"));
        await(kernel.close(Duration.ofSeconds(10)));
        seen.put("left", vertx.deploymentIDs().toString());
        await(vertx.close());
        return seen;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
