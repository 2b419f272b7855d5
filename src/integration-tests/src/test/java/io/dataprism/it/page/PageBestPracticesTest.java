package io.dataprism.it.page;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Call;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Category;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.EventProbe;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PageBestPracticesTest extends PageTest {
    /** Does not wait long for work under way to end. */
    @Override
    TestKernel start(Vertx vertx) {
        JsonObject steps = json().put("drain", "1s");
        return TestKernel.on(
                vertx, KernelOptions.fromJson(json().put("node", "page").put("steps", steps)));
    }

    /** Holds a timer, a subscription, memory and a file, and never cleans up. */
    public static final class Untidy implements Plugin {
        private PluginContext context;

        @Override
        public Future<Void> initialize(PluginContext given) throws Exception {
            context = given;
            context.memory().allocate(1_000_000);
            Files.writeString(context.workFolder().resolve("left.txt"), "left behind");
            context.timers().every(Duration.ofMillis(5), () -> context.events().publish("tick", null));
            return context.events().subscribe("a", event -> {}).mapEmpty();
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.of(
                            "folder",
                            call -> Future.succeededFuture(context.workFolder().toString()))
                    .and("blocked", this::blocked)
                    .and("quick", call -> Future.succeededFuture("quick"))
                    .and("broken", call -> Future.failedFuture(new IllegalStateException("disk on fire")));
        }

        private Future<?> blocked(Call call) {
            return context.blocking(() -> {
                new java.util.concurrent.CountDownLatch(1).await();
                return "never";
            });
        }
    }

    private PluginJar untidy(String id) {
        return PluginJar.of(id)
                .main(Untidy.class)
                .capabilities("folder", "blocked", "quick", "broken")
                .requests("event-publish:tick", "event-subscribe:a");
    }

    @Test
    @DisplayName(
            "Single Responsibility / Loose Coupling: a plugin names what it needs by capability, not by who provides it")
    void dependsOnACapability() {
        kernel.install(Puppet.jar("provider"));
        PluginUnderTest user = kernel.load(PluginJar.of("user")
                .main(PageLifecycleTest.Bare.class)
                .manifest("dependencies: [{capability: allocate}]"));
        assertEquals(1, user.info().orElseThrow().dependencies().size());
        assertEquals(
                PluginState.RUNNING,
                kernel.kernel().plugin("provider").orElseThrow().state());
    }

    @Test
    @DisplayName(
            "Error Handling: Implement comprehensive error handling: a failing call reaches its caller with the cause, and the plugin runs on")
    void aFailingCall() {
        PluginUnderTest plugin = kernel.load(untidy("untidy"));
        assertTrue(plugin.callFailure(FailureKind.FAILED, "broken", json())
                .getMessage()
                .contains("disk on fire"));
        assertEquals("quick", plugin.reply("quick", json()));
    }

    @Test
    @DisplayName(
            "Resource Cleanup: Always clean up resources in the destroy method: and what a plugin forgets, the kernel takes back")
    void cleanUp() {
        PluginUnderTest plugin = kernel.load(untidy("untidy"));
        Path folder = Path.of(plugin.<String>reply("folder", json()));
        EventProbe ticks = kernel.events("tick");
        ticks.next();
        plugin.unload();
        int last = ticks.seen().size();
        assertEquals(0, kernel.publish("a", 1).accepted());
        assertTrue(Files.notExists(folder), "its work folder is gone");
        kernel.publish("tick", "marker");
        ticks.await("the marker", event -> "marker".equals(event.body()));
        assertTrue(ticks.seen().size() <= last + 1, "no timer fires after unload");
    }

    @Test
    @DisplayName(
            "Security: request minimal permissions: only what is requested can be granted, and only what is granted can be used")
    void requestedAndGranted() {
        PluginUnderTest plugin = kernel.install(Puppet.jar("puppet", "event-publish:a"))
                .granted("event-publish:**")
                .load();
        assertEquals(
                0, (Integer) plugin.reply("publish", json().put("topic", "a").put("body", 1)));
        assertTrue(plugin.callFailure(FailureKind.DENIED, "publish", json().put("topic", "b"))
                .getMessage()
                .contains("event-publish:b"));
    }

    @Test
    @DisplayName("Lazy Loading: Load plugins only when needed: the first call starts it and waits")
    void lazyLoading() {
        EventProbe states = kernel.events("plugin.*.*");
        PluginUnderTest lazy = kernel.install(Puppet.jar("lazy").manifest("activation: {onCapability: [config]}"));
        puppet("eager");
        states.await("the other one running", event -> event.topic().equals("plugin.eager.running"));
        assertEquals(Optional.of(PluginState.INSTALLED), lazy.state());
        assertTrue(states.seen().stream().noneMatch(event -> event.topic().equals("plugin.lazy.loading")));
        assertEquals(json(), lazy.call("config", json()));
        assertEquals(Optional.of(PluginState.RUNNING), lazy.state());
        states.await("loading", event -> event.topic().equals("plugin.lazy.loading"));
    }

    @Test
    @DisplayName(
            "Async Operations: non-blocking: a plugin whose work blocks still answers other calls, and holds nobody up")
    void asyncOperations() {
        PluginUnderTest plugin = kernel.load(untidy("untidy"));
        PluginUnderTest other = kernel.load(untidy("other"));
        Future<String> blocked = plugin.calling("blocked", json());
        assertEquals("quick", plugin.reply("quick", json()));
        assertEquals("quick", other.reply("quick", json()));
        assertTrue(!blocked.isComplete());
        plugin.stop();
        Await.until("the blocked call to end with its plugin", blocked::isComplete);
    }

    @Test
    @DisplayName(
            "Input Validation: Validate all inputs: configuration is checked against the plugin's schema, every problem at once")
    void inputValidation() {
        PluginUnderTest plugin = kernel.install(Puppet.jar("puppet")
                        .manifest(
                                "configSchema: {type: object, required: [city], properties: {days: {type: integer}}}"))
                .configured(json().put("days", "many"));
        String message = plugin.loadFailure().getMessage();
        assertTrue(message.contains("city") && message.contains("days"), message);
    }

    @Test
    @DisplayName(
            "Input Validation: Validate all inputs: requests, names of topics, channels, plugins, capabilities and permissions, sizes, and artifacts")
    void everyInputIsValidated() throws Exception {
        PluginUnderTest puppet = puppet("puppet", "event-publish:**", "event-subscribe:**", "channel:**");
        PluginUnderTest chart = kernel.load(
                PluginJar.of("chart").category(Category.VISUALIZATION).main(PagePluginTypesTest.TextChart.class));
        JsonObject noChannel = json().put("name", "Not A Channel").put("participants", new JsonArray());
        assertAll(
                says(chart, FailureKind.INVALID, "export", json(), "$view"),
                says(chart, FailureKind.INVALID, "render", json().put("data", 7), "Data must be an array"),
                says(puppet, FailureKind.FAILED, "publish", json().put("topic", "not a topic"), "'not a topic'"),
                says(puppet, FailureKind.FAILED, "subscribe", json().put("pattern", "a..b"), "'a..b'"),
                says(puppet, FailureKind.FAILED, "create", noChannel, "'Not A Channel'"),
                says(puppet, FailureKind.FAILED, "check", json().put("permission", "fly"), "fly"),
                says(puppet, FailureKind.FAILED, "allocate", json().put("bytes", -1L), "-1"),
                says(puppet, FailureKind.NO_SUCH_CAPABILITY, "Not A Capability", json(), "Not A Capability"));
        Path noJar = Files.writeString(kernel.folder().resolve("no.jar"), "no jar at all");
        String refusal = Await.failure("install", kernel.kernel().install(ArtifactSource.path(noJar)))
                .getMessage();
        assertTrue(refusal.contains("no.jar"), refusal);
    }

    @Test
    @DisplayName(
            "Input Validation: Validate all inputs and outputs: what a plugin answers, publishes and says in a channel is held against its contracts")
    void outputValidation() {
        PluginUnderTest puppet = kernel.load(
                Puppet.jar("puppet", "event-publish:**", "channel:**").manifest("""
                contracts:
                  capabilities: {config: {response: {type: object, required: [city]}}}
                  events: {news.today: {type: string}}
                  channels: {desk: {type: string}}
                  checked: [calls, events, channels]
                """));
        EventProbe news = kernel.events("news.today");
        JsonObject desk = json().put("name", "desk");
        tell(puppet, "create", desk.copy().put("participants", new JsonArray().add("host")));
        JsonObject today = json().put("topic", "news.today");
        assertAll(
                says(puppet, FailureKind.FAILED, "config", json(), "Key 'city' is missing"),
                says(puppet, FailureKind.FAILED, "publish", today.copy().put("body", 7), "It is the number 7"),
                says(puppet, FailureKind.FAILED, "broadcast", desk.copy().put("message", 7), "It is the number 7"));
        tell(puppet, "publish", today.copy().put("body", "rain"));
        assertEquals("rain", news.next().body(), "what broke the contract reached nobody");
    }

    private static Executable says(
            PluginUnderTest plugin, FailureKind kind, String capability, JsonObject request, String what) {
        return () -> {
            String message = plugin.callFailure(kind, capability, request).getMessage();
            assertTrue(message.contains(what), message);
        };
    }

    @Test
    @DisplayName("Secure Communication: Use secure channels for sensitive data: only who is admitted joins and hears")
    void secureCommunication() {
        PluginUnderTest owner = puppet("owner", "channel:**");
        PluginUnderTest friend = puppet("friend", "channel:**");
        PluginUnderTest stranger = puppet("stranger", "channel:**");
        JsonObject vault = json().put("name", "vault");
        tell(owner, "create", vault.copy().put("participants", new JsonArray().add("friend")));
        tell(friend, "join", vault);
        assertEquals(
                "Plugin not authorized for this channel",
                PageChannelsTest.reason(stranger.callFailure(FailureKind.FAILED, "join", vault)));
        tell(owner, "broadcast", vault.copy().put("message", "the combination"));
        Await.until("the friend to hear it", () -> seen(friend).size() == 1);
        assertEquals("the combination", seen(friend).getJsonObject(0).getString("message"));
        assertTrue(seen(stranger).isEmpty());
    }

    @Test
    @DisplayName(
            "Regular Updates: Keep plugins updated: a reload with a new version takes over; a bad one leaves the old one running")
    void updates() {
        PluginUnderTest plugin = puppet("puppet");
        Path next = Puppet.jar("puppet").version("1.1.0").writeTo(kernel.folder());
        Await.result("reload", kernel.kernel().reload("puppet", ArtifactSource.path(next)));
        assertEquals("1.1.0", plugin.info().orElseThrow().version());
        Path bad = PluginJar.of("puppet").version("1.2.0").main("no.such.Class").writeTo(kernel.folder());
        Await.failure("reload", kernel.kernel().reload("puppet", ArtifactSource.path(bad)));
        assertEquals("1.1.0", plugin.info().orElseThrow().version());
        assertEquals(Optional.of(PluginState.RUNNING), plugin.state());
    }
}
