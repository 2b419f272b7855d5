package io.dataprism.kernel.messaging;

import com.sun.management.OperatingSystemMXBean;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Events;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.dataprism.kernel.vertx.MailboxLimits;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A first look at the speed of messages through the kernel beside the raw bus, in one run; rounds of both alternate and the medians are
 * printed. Senders hold at most a window of unanswered messages. Not a benchmark to quote: that is a module of its own.
 *
 * <p>Run: {@code java -cp <test class path> io.dataprism.kernel.messaging.Throughput [seconds a round] [rounds] [part of
 * a row's name]}; the CPU time is the whole process's
 */
public final class Throughput {
    private static final int WINDOW = 2_000;
    private static final int BATCH = 100;
    private static final int IN_FLIGHT = 64;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Vertx raw = Vertx.vertx();
    private final Vertx vertx = Vertx.vertx();
    private final CarrierOptions options = new CarrierOptions(
            Integer.getInteger("carriers", 2), 8, 4, Duration.ofNanos(100_000), new MailboxLimits(100_000, 1L << 30));
    private final PluginDeployer deployer = PluginDeployer.on(vertx, options);
    private final GrantStore grants = new GrantStore();
    private final PermissionGate gate = new PermissionGate(grants);
    private final Messaging messaging = Messaging.on(
            vertx, new MessagingOptions("", "n"), gate, (who, where, failure) -> failure.printStackTrace());
    private final long roundNanos;
    private final int rounds;
    private final String only;
    /** Whether a round's callers are to stop. They look at no clock of their own, which would be part of each call. */
    private volatile boolean over;

    private Throughput(double seconds, int rounds, String only) {
        this.roundNanos = (long) (seconds * 1e9);
        this.rounds = rounds;
        this.only = only;
    }

    public static void main(String[] args) throws Exception {
        double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 2;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        new Throughput(seconds, rounds, args.length > 2 ? args[2] : "").run();
        System.exit(0);
    }

    private interface Load {
        /** Work for a round; how many operations a second. */
        double round() throws Exception;
    }

    private void run() throws Exception {
        JsonObject json = new JsonObject().put("id", 1).put("name", "sensor-7").put("value", 21.5);
        compare("send small JSON", kernelSend(json, 1, "a"), rawSend(json, 1, "a"));
        compare("send text", kernelSend("hello", 1, "b"), rawSend("hello", 1, "b"));
        compare("text to 10, deliveries", kernelSend("hello", 10, "c"), rawSend("hello", 10, "c"));
        compare("JSON to 10, deliveries", kernelSend(json, 10, "d"), rawSend(json, 10, "d"));
        compare("call text, 64 in flight", kernelCall("hello", IN_FLIGHT, "e"), rawCall("hello", IN_FLIGHT, "e"));
        compare("JSON to a raw consumer", kernelToBus(json, "g"), rawSend(json, 1, "g"));
        compare("JSON from a raw publisher", busToKernel(json, "h"), rawSend(json, 1, "h"));
        compare("call from raw, 64 in flight", busCall("hello", IN_FLIGHT, "i"), rawCall("hello", IN_FLIGHT, "i"));
        compare("call text, 1 in flight", kernelCall("hello", 1, "f"), rawCall("hello", 1, "f"));
    }

    private void compare(String name, Load kernel, Load bus) throws Exception {
        if (!name.contains(only)) {
            return;
        }
        Figures ours = new Figures();
        Figures theirs = new Figures();
        for (int i = 0; i < rounds + 2; i++) {
            ours.add(kernel);
            theirs.add(bus);
        }
        System.out.printf(
                "%-28s kernel %s   raw bus %s   ratio %.2f%n", name, ours, theirs, ours.rate() / theirs.rate());
    }

    /** What the rounds of one load took; the first two warm up. */
    private final class Figures {
        private final List<Double> rates = new ArrayList<>();
        private final List<Double> costs = new ArrayList<>();

        void add(Load load) throws Exception {
            long cpu = PROCESS.getProcessCpuTime();
            long start = System.nanoTime();
            double rate = load.round();
            double operations = rate * (System.nanoTime() - start) / 1e9;
            rates.add(rate);
            costs.add((PROCESS.getProcessCpuTime() - cpu) / operations);
        }

        double rate() {
            return median(rates.subList(2, rates.size()));
        }

        @Override
        public String toString() {
            return String.format("%,12.0f/s %5.0f ns CPU", rate(), median(costs.subList(2, costs.size())));
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private PluginDeployment plugin(String name) throws Exception {
        PluginId id = new PluginId(name);
        for (String permission : List.of("event-publish:**", "event-subscribe:**", "call")) {
            grants.grant(Caller.plugin(id), Permission.parse(permission), "test", "");
        }
        grants.requests(
                id,
                List.of(
                        Permission.parse("event-publish"),
                        Permission.parse("event-subscribe"),
                        Permission.parse("call")));
        return await(deployer.deploy(id, new VerticleBase() {}, new DeploymentOptions()));
    }

    private Load kernelSend(Object body, int receivers, String tag) throws Exception {
        AtomicLong[] counts = new AtomicLong[receivers];
        for (int i = 0; i < receivers; i++) {
            counts[i] = heard("r" + i + tag, "topic." + tag);
        }
        PluginDeployment sender = plugin("s" + tag);
        PluginEndpoint endpoint = messaging.open(new PluginId("s" + tag), sender, Set.of());
        endpoint.serve(Capabilities.none());
        Events events = endpoint.events();
        String topic = "topic." + tag;
        return () -> send(sender.context(), () -> events.publish(topic, body), counts);
    }

    /** Counts what plugin {@code name} hears. */
    private AtomicLong heard(String name, String topic) throws Exception {
        AtomicLong count = new AtomicLong();
        PluginEndpoint endpoint = messaging.open(new PluginId(name), plugin(name), Set.of());
        endpoint.serve(Capabilities.none());
        await(endpoint.events().subscribe(topic, event -> count.lazySet(count.get() + 1)));
        return count;
    }

    private Load busToKernel(Object body, String tag) throws Exception {
        AtomicLong count = heard("r" + tag, "topic." + tag);
        Context context = context(vertx);
        String address = "event:topic." + tag;
        return () -> send(context, () -> vertx.eventBus().publish(address, body), new AtomicLong[] {count});
    }

    private Load busCall(Object body, int inFlight, String tag) throws Exception {
        echo("callee-" + tag);
        Context context = context(vertx);
        String address = "plugin:callee-" + tag + ":echo";
        return () -> call(context, () -> vertx.eventBus().request(address, body), inFlight);
    }

    private void echo(String name) throws Exception {
        PluginEndpoint serving = messaging.open(new PluginId(name), plugin(name), Set.of("echo"));
        serving.serve(Capabilities.of("echo", call -> Future.succeededFuture(call.body())));
    }

    private Load kernelToBus(Object body, String tag) throws Exception {
        AtomicLong count = consumed(vertx, "event:topic." + tag);
        PluginDeployment sender = plugin("s" + tag);
        PluginEndpoint endpoint = messaging.open(new PluginId("s" + tag), sender, Set.of());
        endpoint.serve(Capabilities.none());
        Events events = endpoint.events();
        String topic = "topic." + tag;
        return () -> send(sender.context(), () -> events.publish(topic, body), new AtomicLong[] {count});
    }

    /** Counts what a verticle of its own consumes at {@code address} of the bus. */
    private static AtomicLong consumed(Vertx bus, String address) throws Exception {
        AtomicLong count = new AtomicLong();
        await(bus.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return vertx.eventBus()
                        .consumer(address, message -> {
                            message.body();
                            count.lazySet(count.get() + 1);
                        })
                        .completion();
            }
        }));
        return count;
    }

    private Load rawSend(Object body, int receivers, String tag) throws Exception {
        AtomicLong[] counts = new AtomicLong[receivers];
        for (int i = 0; i < receivers; i++) {
            counts[i] = consumed(raw, "topic." + tag);
        }
        Context context = context(raw);
        boolean one = receivers == 1;
        String address = "topic." + tag;
        return () -> send(
                context,
                () -> {
                    if (one) {
                        raw.eventBus().send(address, body);
                    } else {
                        raw.eventBus().publish(address, body);
                    }
                },
                counts);
    }

    /** A context of its own, as a verticle has. */
    private static Context context(Vertx vertx) throws Exception {
        Context[] made = new Context[1];
        await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                made[0] = context;
                return Future.succeededFuture();
            }
        }));
        return made[0];
    }

    private double send(Context sender, Runnable message, AtomicLong[] counts) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        long[] sent = {0};
        long[] base = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            base[i] = counts[i].get();
        }
        long start = System.nanoTime();
        sender.runOnContext(go -> batch(sender, message, counts, base, sent, start, done));
        done.await();
        for (int i = 0; i < counts.length; i++) {
            while (counts[i].get() - base[i] < sent[0]) {
                Thread.onSpinWait();
            }
        }
        return sent[0] * counts.length * 1e9 / (System.nanoTime() - start);
    }

    private void batch(
            Context sender,
            Runnable message,
            AtomicLong[] counts,
            long[] base,
            long[] sent,
            long start,
            CountDownLatch done) {
        long slowest = Long.MAX_VALUE;
        for (int i = 0; i < counts.length; i++) {
            slowest = Math.min(slowest, counts[i].get() - base[i]);
        }
        if (sent[0] - slowest <= WINDOW) {
            for (int i = 0; i < BATCH; i++) {
                message.run();
            }
            sent[0] += BATCH;
        }
        if (System.nanoTime() - start < roundNanos) {
            sender.runOnContext(go -> batch(sender, message, counts, base, sent, start, done));
        } else {
            done.countDown();
        }
    }

    private Load kernelCall(Object body, int inFlight, String tag) throws Exception {
        echo("callee-" + tag);
        PluginDeployment caller = plugin("caller-" + tag);
        PluginEndpoint calling = messaging.open(new PluginId("caller-" + tag), caller, Set.of());
        calling.serve(Capabilities.none());
        CallOptions within = CallOptions.DEFAULT;
        String name = "callee-" + tag;
        return () -> call(caller.context(), () -> calling.calls().call(name, "echo", body, within), inFlight);
    }

    private Load rawCall(Object body, int inFlight, String tag) throws Exception {
        await(raw.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return vertx.eventBus()
                        .consumer("echo." + tag, message -> message.reply(message.body()))
                        .completion();
            }
        }));
        Context context = context(raw);
        String address = "echo." + tag;
        return () -> call(context, () -> raw.eventBus().request(address, body), inFlight);
    }

    private interface Ask {
        Future<?> ask();
    }

    private double call(Context caller, Ask ask, int inFlight) throws Exception {
        CountDownLatch done = new CountDownLatch(inFlight);
        AtomicLong answered = new AtomicLong();
        long start = System.nanoTime();
        over = false;
        caller.runOnContext(go -> {
            for (int i = 0; i < inFlight; i++) {
                again(ask, answered, done);
            }
        });
        TimeUnit.NANOSECONDS.sleep(roundNanos);
        over = true;
        done.await(roundNanos * 5, TimeUnit.NANOSECONDS);
        return answered.get() * 1e9 / (System.nanoTime() - start);
    }

    private void again(Ask ask, AtomicLong answered, CountDownLatch done) {
        ask.ask().onComplete(end -> {
            answered.lazySet(answered.get() + 1);
            if (over) {
                done.countDown();
            } else {
                again(ask, answered, done);
            }
        });
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
