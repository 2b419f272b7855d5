package io.dataprism.gateway;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginId;
import io.dataprism.api.StreamReply;
import io.dataprism.api.StreamSource;
import io.dataprism.kernel.messaging.Endpoint;
import io.dataprism.kernel.messaging.Messaging;
import io.dataprism.kernel.messaging.MessagingOptions;
import io.dataprism.kernel.messaging.PluginEndpoint;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A node's messaging with one plugin, {@code echo}, and a gateway for the users ada and eve, of whom only ada was granted anything. */
final class BridgedKernel implements AutoCloseable {
    static final String ADA = "token-of-ada-12345";
    static final String EVE = "token-of-eve-12345";
    private static final PluginId ECHO = new PluginId("echo");

    final Vertx vertx = Vertx.vertx();
    final GrantStore grants = new GrantStore();
    final Messaging messaging;
    final Endpoint host;
    final Gateway gateway;
    /** What {@code echo}'s stream {@code count} was asked for, and that it was closed. */
    final AtomicInteger counted = new AtomicInteger();

    final CountDownLatch uncounted = new CountDownLatch(1);
    /** The answers that {@code echo}'s {@code late} owes. */
    final BlockingQueue<Promise<Object>> late = new LinkedBlockingQueue<>();

    private final PluginDeployer deployer;
    private final PluginDeployment echo;

    BridgedKernel() {
        this(options -> options);
    }

    BridgedKernel(UnaryOperator<GatewayOptions> change) {
        messaging = Messaging.on(
                vertx,
                new MessagingOptions("", "node-1"),
                new PermissionGate(grants),
                (who, where, failure) -> System.err.println(who + " failed in " + where + ": " + failure));
        deployer = PluginDeployer.on(vertx, CarrierOptions.defaults());
        host = messaging.endpoint(Caller.HOST);
        echo = echo();
        grant("event-subscribe:weather.**");
        grant("event-publish:weather.*");
        grant("channel:room");
        grant("call:echo");
        GatewayOptions options =
                change.apply(GatewayOptions.onLoopback(BridgeUsers.of(Map.of("ada", ADA, "eve", EVE))));
        gateway = await(Gateway.start(vertx, messaging::endpoint, options));
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    void grant(String permission) {
        grants.grant(Caller.user("ada"), Permission.parse(permission), "test", "");
    }

    void revoke(String permission) {
        grants.revoke(Caller.user("ada"), Permission.parse(permission));
    }

    String url(String token) {
        return "http://127.0.0.1:" + gateway.port() + "/eventbus?token=" + token;
    }

    BridgeClient client(String token) {
        return BridgeClient.connect(vertx, gateway.port(), "/eventbus?token=" + token);
    }

    /** Numbers up to {@code end}. */
    private StreamSource<Object> counting(int end) {
        return new StreamSource<>() {
            @Override
            public Future<Optional<Object>> next() {
                int number = counted.getAndIncrement();
                return Future.succeededFuture(number < end ? Optional.of(number) : Optional.empty());
            }

            @Override
            public Future<Void> close() {
                uncounted.countDown();
                return Future.succeededFuture();
            }
        };
    }

    private PluginDeployment echo() {
        PluginDeployment deployment = await(deployer.deploy(ECHO, new VerticleBase() {}, new DeploymentOptions()));
        Capabilities capabilities = Capabilities.of("say", call -> Future.succeededFuture(call.body()))
                .and("who", call -> Future.succeededFuture(call.caller().toString()))
                .and("fail", call -> Future.failedFuture(new IllegalStateException("the password is hunter2")))
                .and("refuse", call -> {
                    throw new CallException(FailureKind.INVALID, "Field 'x' must be a number.");
                })
                .and("bytes", call -> Future.succeededFuture(Buffer.buffer(new byte[] {1, 2, 3})))
                .and("long", call -> Future.succeededFuture("x".repeat((Integer) call.body())))
                .and(
                        "count",
                        call -> Future.succeededFuture(new StreamReply("numbers", counting((Integer) call.body()))))
                .and("late", call -> {
                    Promise<Object> answer = Promise.promise();
                    late.add(answer);
                    return answer.future();
                })
                .and("never", call -> Promise.promise().future());
        PluginEndpoint endpoint = messaging.open(ECHO, deployment, capabilities.names());
        endpoint.serve(capabilities);
        return deployment;
    }

    @Override
    public void close() {
        await(gateway.close());
        await(messaging.close());
        await(echo.undeploy());
        deployer.close();
        await(vertx.close());
    }
}
