package io.dataprism.cluster;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Channel;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.messaging.Endpoint;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.registry.ArtifactSource;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One node in a process of its own: does what each line on its input says, and tells what happens on its output, both as JSON. */
final class NodeMain {
    private final ClusteredNode node;
    private final Kernel kernel;
    private final Map<String, Endpoint> endpoints = new HashMap<>();
    private final Map<String, Channel> channels = new HashMap<>();

    private NodeMain(ClusteredNode node, Kernel kernel) {
        this.node = node;
        this.kernel = kernel;
    }

    /** Cluster, node, data folder, then the members. */
    public static void main(String[] arguments) throws IOException {
        List<String> all = List.of(arguments);
        ClusterOptions options = new ClusterOptions(
                all.get(0),
                all.get(1),
                "127.0.0.1",
                "127.0.0.1",
                0,
                0,
                all.subList(3, all.size()),
                false,
                Duration.ofSeconds(10));
        ClusteredNode node = await(ClusteredNode.start(options));
        Kernel kernel = await(Kernel.create(
                node.vertx(), KernelOptions.DEFAULT.withNode(options.node()).withDataFolder(Path.of(all.get(2)))));
        kernel.remoteTrust(node.trust());
        tell(new JsonObject().put("told", "ready").put("value", node.port()));
        new NodeMain(node, kernel).serve();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static synchronized void tell(JsonObject line) {
        System.out.println(line.encode());
    }

    private void serve() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonObject command = new JsonObject(line);
            long started = System.nanoTime();
            answer(command, started);
        }
    }

    private void answer(JsonObject command, long started) {
        Future<?> done;
        try {
            done = carryOut(command);
        } catch (RuntimeException e) {
            done = Future.failedFuture(e);
        }
        done.onComplete(end -> {
            JsonObject line = new JsonObject()
                    .put("told", command.getString("id"))
                    .put("millis", (System.nanoTime() - started) / 1_000_000);
            if (end.succeeded()) {
                tell(line.put("value", end.result()));
            } else {
                tell(line.put("failure", failure(end.cause())));
            }
        });
    }

    private static JsonObject failure(Throwable cause) {
        return new JsonObject()
                .put(
                        "kind",
                        cause instanceof CallException call
                                ? call.kind().name()
                                : cause.getClass().getName())
                .put("code", cause instanceof PluginException known ? known.code() : "")
                .put("message", cause.getMessage());
    }

    private Future<?> carryOut(JsonObject command) {
        Caller caller = command.containsKey("user") ? Caller.user(command.getString("user")) : Caller.HOST;
        Endpoint endpoint = endpoints.computeIfAbsent(caller.label(), label -> kernel.endpoint(caller));
        String on = command.getString("on", "");
        Object body = command.getValue("body");
        return switch (command.getString("do")) {
            case "load" ->
                kernel.load(ArtifactSource.path(Path.of(on)), LoadOptions.DEFAULT)
                        .map("loaded");
            case "members" -> Future.succeededFuture(new JsonArray(node.members()));
            case "grant" -> Future.succeededFuture(kernel.grants().grant(caller, Permission.parse(on), "test", ""));
            case "call" ->
                endpoint.calls()
                        .call(
                                "echo",
                                on,
                                body,
                                CallOptions.within(Duration.ofMillis(command.getInteger("within", 20_000))));
            case "subscribe" ->
                endpoint.events()
                        .subscribe(
                                on,
                                event -> tell(new JsonObject()
                                        .put("told", "event")
                                        .put("value", event.topic() + " " + event.source() + " " + event.body())))
                        .map("subscribed");
            case "publish" -> endpoint.events().publish(on, body).map("published");
            case "create" ->
                endpoint.channels()
                        .create(on, Set.of(((String) body).split(",")))
                        .map(channel -> joined(caller, channel));
            case "join" -> endpoint.channels().join(on).map(channel -> joined(caller, channel));
            case "send" -> channels.get(caller.label()).send(on, body).map("sent");
            case "raw" -> node.vertx().eventBus().request(on, body).map(Message::body);
            case "ask" -> channels.get(caller.label()).request(on, body, CallOptions.DEFAULT);
            default -> throw new IllegalArgumentException(command.encode());
        };
    }

    private String joined(Caller caller, Channel channel) {
        channels.put(caller.label(), channel);
        channel.onMessage(message -> {
            tell(new JsonObject()
                    .put("told", "message")
                    .put("value", message.from() + " to " + message.to() + " " + message.message()));
            return Future.succeededFuture("answer of " + kernel.node());
        });
        return "joined";
    }
}
