package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Event;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.dataprism.kernel.traffic.DeadLetter;
import io.dataprism.kernel.traffic.DeadLetters;
import io.dataprism.kernel.traffic.Kind;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Records of registered types: by reference to who sees their class, as JSON to everybody else. */
class RecordsTest extends KernelTest {
    private static final String MODEL = """
            package test.model;
            import java.math.*;
            import java.time.*;
            public record Reading(String sensor, double value, Instant at, Kind kind, Place place, BigDecimal exact,
                    BigInteger count, char mark, Duration every, LocalDate day, Long none, boolean good) {
                public enum Kind { WARM, COLD { } }
                public record Place(int x, int y) {}
                public String sensor() { throw new IllegalStateException("the kernel calls no accessor"); }
                public static final Reading ROOF = of(new BigDecimal("1.50"));
                public static Reading of(BigDecimal exact) {
                    return new Reading("roof", 12.5, Instant.EPOCH, Kind.COLD, new Place(3, 4), exact, BigInteger.TEN, 'x',
                            Duration.ofMinutes(5), LocalDate.EPOCH, null, true);
                }
            }
            """;
    private static final JsonObject ROOF = new JsonObject("""
            {"sensor": "roof", "value": 12.5, "at": "1970-01-01T00:00:00Z", "kind": "COLD", "place": {"x": 3, "y": 4}, "exact": 1.50,
             "count": 10, "mark": "x", "every": "PT5M", "day": "1970-01-01", "none": null, "good": true}
            """);
    private static final String REGISTERS =
            "context.records().register(test.model.Reading.class); return Future.succeededFuture();";
    private static final String IS_ROOF =
            "return Future.succeededFuture(call.body() == test.model.Reading.ROOF ? \"same\" : String.valueOf(call.body().getClass()));";

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    /** Sends readings, and says of what it gets whether it is the very one it sent. */
    private static PluginJar station() {
        return PluginJar.of("station")
                .with(MODEL)
                .yaml("exports: [test.model]")
                .permission("call:*")
                .permission("event-publish:news.*")
                .permission("event-subscribe:news.*")
                .permission("channel:*")
                .does("initialize", REGISTERS)
                .capability("sample", "return Future.succeededFuture(test.model.Reading.ROOF);")
                .capability("check", IS_ROOF)
                .capability("own", "return context.calls().call(\"station\", \"check\", test.model.Reading.ROOF);");
    }

    private void granted(PluginJar jar, String id, String... permissions) throws Exception {
        for (String permission : permissions) {
            kernel.grants().grant(new PluginId(id), permission, "test", "");
        }
        load(jar);
    }

    /** The plugin's jar, once it runs. */
    private Path station(PluginJar jar) throws Exception {
        Path file = jar.in(folder);
        for (String permission :
                new String[] {"call:*", "event-publish:news.*", "event-subscribe:news.*", "channel:*"}) {
            kernel.grants().grant(new PluginId("station"), permission, "test", "");
        }
        await(kernel.load(ArtifactSource.path(file), io.dataprism.kernel.lifecycle.LoadOptions.DEFAULT));
        return file;
    }

    @Test
    void aPluginGetsItsOwnRecordByReference() throws Exception {
        station(station());
        assertEquals("same", await(kernel.<String>call("station", "own", null)));
    }

    @Test
    void aPluginJoinedByAnExportedPackageGetsItByReferenceAndMaySendItOn() throws Exception {
        Path jar = station(station());
        granted(
                PluginJar.of("reader")
                        .dependsOn("station", "^1")
                        .against(jar)
                        .permission("call:*")
                        .capability(
                                "relay",
                                "return context.calls().call(\"station\", \"sample\", null)"
                                        + ".compose(got -> context.calls().call(\"station\", \"check\", got))"
                                        + ".map(checked -> checked + \" \" + got);")
                        .members("Object got = \"and back\";"),
                "reader",
                "call:*");
        assertEquals("same and back", await(kernel.<String>call("reader", "relay", null)));
    }

    @Test
    void anotherPluginGetsJson() throws Exception {
        station(station());
        granted(
                PluginJar.of("stranger")
                        .with(MODEL)
                        .permission("call:*")
                        .capability(
                                "look",
                                "return context.calls().call(\"station\", \"sample\", null)"
                                        + ".map(got -> got instanceof JsonObject json ? json : got.getClass().getName());"),
                "stranger",
                "call:*");
        assertEquals(ROOF, await(kernel.<JsonObject>call("stranger", "look", null)));
    }

    @Test
    void theHostAndTheRawBusGetJson() throws Exception {
        station(station());
        assertEquals(ROOF, await(kernel.<JsonObject>call("station", "sample", null)));
        assertEquals(
                ROOF,
                await(vertx.eventBus().<JsonObject>request("plugin:station:sample", null))
                        .body());
    }

    @Test
    void oneEventReachesEachReceiverInItsForm() throws Exception {
        Path jar = station(station()
                .capability(
                        "tell",
                        "return context.events().subscribe(\"news.roof\", event -> note(\"same \" + (event.body() == test.model.Reading.ROOF)))"
                                + ".compose(on -> context.events().publish(\"news.roof\", test.model.Reading.ROOF))"
                                + ".map(told -> told.accepted());"));
        for (String id : new String[] {"reader", "stranger"}) {
            PluginJar listener = PluginJar.of(id)
                    .permission("event-subscribe:news.*")
                    .does(
                            "start",
                            "return context.events().subscribe(\"news.*\", event -> note(event.id() + event.body().getClass().getSimpleName()))"
                                    + ".mapEmpty();");
            granted(
                    id.equals("reader") ? listener.dependsOn("station", "^1").against(jar) : listener,
                    id,
                    "event-subscribe:news.*");
        }
        BlockingQueue<Event> host = new LinkedBlockingQueue<>();
        await(kernel.events().subscribe("news.*", host::add));
        BlockingQueue<Object> bus = new LinkedBlockingQueue<>();
        await(vertx.eventBus()
                .consumer("event:news.roof", message -> bus.add(message.body()))
                .completion());
        assertEquals(4, await(kernel.<Integer>call("station", "tell", null)));
        Event event = Node.next(host);
        assertEquals(ROOF, event.body());
        assertEquals(ROOF, Node.next(bus));
        soon().until(() -> notes().contains("station:same true")
                && notes().contains("reader:" + event.id() + "Reading")
                && notes().contains("stranger:" + event.id() + "JsonObject"));
    }

    @Test
    void aChannelsMemberGetsItByReferenceAndTheHostAsJson() throws Exception {
        Path jar = station(station()
                .capability(
                        "talk",
                        "return context.channels().create(\"roofs\", Set.of(\"reader\", \"host\")).onSuccess(made -> channel = made).mapEmpty();")
                .capability("say", "return channel.broadcast(test.model.Reading.ROOF).map(told -> told.accepted());")
                .members("Channel channel;"));
        await(kernel.call("station", "talk", null));
        granted(
                PluginJar.of("reader")
                        .dependsOn("station", "^1")
                        .against(jar)
                        .permission("channel:*")
                        .does(
                                "start",
                                "return context.channels().join(\"roofs\").onSuccess(in -> in.onMessage(message -> {"
                                        + " note(String.valueOf(message.message() == test.model.Reading.ROOF)); return Future.succeededFuture(); })).mapEmpty();"),
                "reader",
                "channel:*");
        BlockingQueue<Object> host = new LinkedBlockingQueue<>();
        await(kernel.channels().join("roofs")).onMessage(message -> {
            host.add(message.message());
            return io.vertx.core.Future.succeededFuture();
        });
        assertEquals(2, await(kernel.<Integer>call("station", "say", null)));
        assertEquals(ROOF, Node.next(host));
        soon().until(() -> notes().contains("reader:true"));
    }

    @Test
    void aCodecOfThePluginsOwnWritesTheJson() throws Exception {
        station(station()
                .does(
                        "initialize",
                        "context.records().register(test.model.Reading.class, r -> new JsonObject().put(\"v\", r.value()));"
                                + " return Future.succeededFuture();"));
        assertEquals(new JsonObject().put("v", 12.5), await(kernel.<JsonObject>call("station", "sample", null)));
        assertEquals("same", await(kernel.<String>call("station", "own", null)));
    }

    @Test
    void aRecordWithAnothersCodecIsSentOnOnceItsTypeIsRegistered() throws Exception {
        Path jar = station(station()
                .does(
                        "initialize",
                        "context.records().register(test.model.Reading.class, r -> new JsonObject().put(\"v\", r.value()));"
                                + " return Future.succeededFuture();"));
        granted(
                PluginJar.of("reader")
                        .dependsOn("station", "^1")
                        .against(jar)
                        .permission("call:*")
                        .capability("pass", "return context.calls().call(\"station\", \"sample\", null);")
                        .capability(
                                "register",
                                "context.records().register(test.model.Reading.class); return Future.succeededFuture();"),
                "reader",
                "call:*");
        PluginException refused = failure(kernel.call("reader", "pass", null));
        assertTrue(refused.getMessage().contains("context.records().register"), refused.getMessage());
        await(kernel.call("reader", "register", null));
        assertEquals(ROOF, await(kernel.<JsonObject>call("reader", "pass", null)));
    }

    @Test
    void whatIsNotRegisteredIsRefusedWhereItIsSent() throws Exception {
        station(station().does("initialize", "return Future.succeededFuture();"));
        PluginException refused = failure(kernel.call("station", "sample", null));
        assertTrue(refused.getMessage().contains("context.records().register"), refused.getMessage());
    }

    @Test
    void aComponentThatIsNotWhatItsTypeSaysIsRefusedWhereItIsSent() throws Exception {
        station(station()
                .capability(
                        "lie",
                        "return Future.succeededFuture(test.model.Reading.of(new java.math.BigDecimal(1) {"
                                + " public String toString() { return \"other each time\"; } }));"));
        PluginException refused = failure(kernel.call("station", "lie", null));
        assertEquals(
                "A message holds a record test.model.Reading that can't travel: its 'exact' is a test.station.Main$1."
                        + " Pass a plain BigDecimal, which can't change.",
                refused.getMessage());
    }

    @Test
    void aTypeThatMayChangeIsRefusedWhereItIsRegistered() throws Exception {
        String[] components = {
            "int[] bad",
            "java.util.List<String> bad",
            "Object bad",
            "CharSequence bad",
            "java.util.Date bad",
            "io.dataprism.api.TableHandle bad",
            "Number bad",
            "io.vertx.core.json.JsonObject bad"
        };
        for (int i = 0; i < components.length; i++) {
            String id = "bad-" + i;
            String inner = PluginJar.packageOf(id) + ".Main$Inner";
            PluginException refused = failure(kernel.load(
                    ArtifactSource.path(PluginJar.of(id)
                            .members("record Inner(" + components[i] + ") {} record Outer(int fine, Inner inner) {}")
                            .does(
                                    "initialize",
                                    "context.records().register(Outer.class); return Future.succeededFuture();")
                            .in(folder)),
                    io.dataprism.kernel.lifecycle.LoadOptions.DEFAULT));
            String text = refused.getMessage();
            assertTrue(text.contains("'" + id + "' can't register " + inner.replace("Inner", "Outer")), text);
            assertTrue(text.contains("component 'bad' of " + inner + " is a "), text);
            assertTrue(text.contains("Use primitives, String, enums"), text);
        }
    }

    @Test
    void afterAnUnloadNothingOfTheRecordIsLeft() throws Exception {
        AtomicReference<JsonObject> check = new AtomicReference<>();
        await(kernel.events().subscribe("kernel.check", event -> check.set((JsonObject) event.body())));
        Queue<Message<Object>> kept = new ConcurrentLinkedQueue<>();
        await(vertx.eventBus().consumer("event:news.roof", kept::add).completion());
        granted(
                PluginJar.of("stays")
                        .permission("event-subscribe:news.*")
                        .does(
                                "start",
                                "return context.events().subscribe(\"news.*\", event -> { kept = event.body(); note(\"got\"); }).mapEmpty();")
                        .members("Object kept;"),
                "stays",
                "event-subscribe:news.*");
        station(
                station()
                        .does(
                                "initialize",
                                "context.records().register(test.model.Reading.Place.class, p -> new JsonObject());"
                                        + REGISTERS)
                        .capability(
                                "tell",
                                "return context.events().publish(\"news.roof\", test.model.Reading.ROOF).map(told -> told.accepted());"));
        assertEquals(1, await(kernel.<Integer>call("station", "tell", null)));
        soon().until(() -> notes().contains("stays:got") && kept.size() == 1);
        await(kernel.unload("station"));
        untilItsLoaderIsCollected(check);
        assertEquals("plugin:station", kept.remove().headers().get(RemoteTrust.CALLER));
    }

    private void untilItsLoaderIsCollected(AtomicReference<JsonObject> check) {
        check.set(null);
        soon().until(() -> {
            System.gc();
            JsonObject seen = check.getAndSet(null);
            return seen != null && seen.getInteger("unloading") == 0;
        });
    }

    /** What a stranger would have got is JSON by itself; here the plugin is its own receiver, and there is none. */
    @Test
    void afterAnUnloadNoDeadLetterHoldsARecordsClass() throws Exception {
        AtomicReference<JsonObject> check = new AtomicReference<>();
        await(kernel.events().subscribe("kernel.check", event -> check.set((JsonObject) event.body())));
        station(
                station()
                        .capability(
                                "tell",
                                "return context.events().subscribe(\"news.*\", event -> { throw new IllegalStateException(\"broken\"); })"
                                        + ".compose(on -> context.events().publish(\"news.roof\", test.model.Reading.ROOF))"
                                        + ".compose(told -> context.channels().create(\"roofs\", Set.of(\"absent\")))"
                                        + ".compose(made -> made.send(\"absent\", test.model.Reading.ROOF)).otherwiseEmpty()"
                                        + ".compose(told -> context.calls().call(\"station\", \"nothing\", test.model.Reading.ROOF)).otherwiseEmpty();"));
        await(kernel.call("station", "tell", null));
        DeadLetters dead = kernel.messages().deadLetters();
        soon().until(() -> dead.all().size() == 3);
        assertEquals(
                Set.of(Kind.EVENT, Kind.MESSAGE, Kind.CALL),
                dead.all().stream().map(DeadLetter::kind).collect(Collectors.toSet()));
        dead.all().forEach(letter -> assertEquals(Optional.of(ROOF), letter.shown()));
        await(kernel.unload("station"));
        untilItsLoaderIsCollected(check);
        assertEquals(3, dead.all().size());
    }
}
