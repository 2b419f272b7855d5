package outside.host;

import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An application with bus traffic, metrics and a shutdown of its own, that embeds the kernel for a while. */
public final class HostApplication {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.builder()
            .with(new VertxOptions().setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true)))
            .withMetrics(new MicrometerMetricsFactory(meters))
            .build();
    private final Traffic traffic = new Traffic(vertx);
    private final Footprint footprint = new Footprint(vertx, meters);

    private HostApplication() {}

    /** The first argument is a plugin's jar. */
    public static void main(String[] arguments) {
        try {
            new HostApplication().run(arguments[0]);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void run(String jar) throws Exception {
        traffic.start();
        traffic.exchange("before");
        Set<String> before = footprint.now();

        Kernel kernel = await(Kernel.create(vertx, KernelOptions.DEFAULT));
        await(kernel.load(ArtifactSource.parse(jar), LoadOptions.DEFAULT.grants("event-publish:greeter.greeted")));
        JsonObject greeting = await(kernel.call("greeter", "greet", new JsonObject().put("name", "Ada")));
        say("greeting " + greeting.getString("text"));

        traffic.exchange("while the kernel runs");
        JsonObject raw = (JsonObject) await(vertx.eventBus().request("plugin:greeter:greet", new JsonObject().put("name", "Bob")))
                .body();
        say("raw bus " + raw.getString("text"));
        kernel.promises().forEach(promise -> say("promise " + promise.name() + " " + promise.kept()));

        await(kernel.close(Duration.ofSeconds(10)));
        traffic.exchange("after the kernel");
        Set<String> after = footprint.now();
        say("footprint " + (before.equals(after) ? "unchanged" : "before " + before + " after " + after));

        Kernel second = await(Kernel.create(vertx, KernelOptions.DEFAULT));
        await(second.load(ArtifactSource.parse(jar), LoadOptions.DEFAULT));
        await(vertx.close());
        say("closed " + traffic.stopped());
        say("threads " + footprint.threadsLeft());
    }

    private static void say(String line) {
        System.out.println("HOST " + line);
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
