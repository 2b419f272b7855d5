package io.dataprism.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.traffic.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class TestKernelTest {
    private TestKernel kernel;

    @BeforeEach
    void start(Vertx vertx) {
        kernel = TestKernel.on(vertx);
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private static JsonObject named(String name) {
        return new JsonObject().put("name", name);
    }

    @Test
    void runsAPluginThatWasMadeOnTheFly() {
        PluginUnderTest greeter = kernel.load(Greeter.jar());
        assertEquals(Optional.of(PluginState.RUNNING), greeter.state());
        assertEquals("Hello, Ada!", greeter.call("greet", named("Ada")).getString("text"));
    }

    @Test
    void probesEventsInTheirOrder() {
        PluginUnderTest greeter = kernel.load(Greeter.jar());
        EventProbe greeted = kernel.events("greeter.*");
        greeter.call("greet", named("Ada"));
        greeter.call("greet", named("Bob"));
        assertEquals(new JsonObject().put("text", "Hello, Ada!"), greeted.next().body());
        assertEquals(new JsonObject().put("text", "Hello, Bob!"), greeted.next().body());
        assertEquals(2, greeted.seen().size());
        assertTrue(greeted.untaken().isEmpty());
    }

    @Test
    void probesChannels() {
        ChannelProbe support = kernel.createChannel("support", "greeter");
        PluginUnderTest greeter = kernel.load(Greeter.jar());
        greeter.reply("talk", new JsonObject());
        assertEquals("here I am", support.next().message());
        assertEquals("heard hello", support.request("greeter", "hello"));
    }

    /** Has a capability that calls the plugin {@code greeter} as the request says. */
    public static final class Passing implements Plugin {
        private PluginContext context;

        @Override
        public Future<Void> initialize(PluginContext given) {
            context = given;
            return Future.succeededFuture();
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.of(
                    "pass", call -> context.calls().call("greeter", call.json().getString("call"), call.json()));
        }
    }

    @Test
    void probesTheCallsThatAPluginMakes() {
        kernel.load(Greeter.jar());
        PluginUnderTest passing = kernel.load(
                PluginJar.of("passing").main(Passing.class).capabilities("pass").requests("call:greeter:greet"));
        CallProbe calls = kernel.calls("greeter:*");
        JsonObject ada = named("Ada").put("call", "greet");
        passing.call("pass", ada);
        CallProbe.SeenCall greet = calls.next();
        assertEquals(new CallProbe.SeenCall(greet.id(), "passing", "greeter", "greet", Optional.of(ada)), greet);
        assertEquals(new CallProbe.Ended(Outcome.DONE, ""), calls.end(greet));
        Await.failure("passing on", passing.calling("pass", named("Ada").put("call", "talk")));
        CallProbe.SeenCall talk = calls.next();
        assertEquals("talk", talk.capability());
        assertEquals(Outcome.REFUSED, calls.end(talk).outcome(), "it was granted to call greet alone");
        assertEquals(2, calls.seen().size());
    }

    @Test
    void aCallThatFailsOtherwiseThanExpectedSaysHow() {
        PluginUnderTest greeter = kernel.load(Greeter.jar());
        assertEquals(
                "Field 'name' is missing.",
                greeter.callFailure(FailureKind.INVALID, "greet", new JsonObject())
                        .getMessage());
        AssertionError otherwise = assertThrows(
                AssertionError.class, () -> greeter.callFailure(FailureKind.DENIED, "greet", new JsonObject()));
        assertTrue(otherwise.getMessage().contains("Field 'name' is missing."), otherwise.getMessage());
        assertThrows(AssertionError.class, () -> greeter.callFailure(FailureKind.INVALID, "greet", named("Ada")));
    }

    @Test
    void aCallThatFailsThrowsItsFailure() {
        PluginUnderTest greeter = kernel.load(Greeter.jar());
        assertThrows(CallException.class, () -> greeter.call("greet", new JsonObject()));
    }

    @Test
    void withoutItsGrantsAPluginIsDenied() {
        PluginUnderTest greeter = kernel.install(Greeter.jar()).granted().load();
        assertTrue(greeter.callFailure(FailureKind.DENIED, "greet", named("Ada"))
                .getMessage()
                .contains("event-publish:greeter.greeted"));
    }

    @Test
    void compilesAPluginFromSource() {
        PluginJar shout =
                PluginJar.of("shout").main("demo.Shout").capabilities("shout").source("demo.Shout", """
                        package demo;
                        import io.dataprism.api.*;
                        import io.vertx.core.Future;
                        public class Shout implements Plugin {
                            public Capabilities capabilities() {
                                return Capabilities.of("shout", call -> Future.succeededFuture(call.body().toString().toUpperCase()));
                            }
                        }
                        """);
        assertEquals("HI", kernel.load(shout).<String>reply("shout", "hi"));
    }

    @Test
    void aSourceThatDoesNotCompileShowsTheCompilersWords() {
        PluginJar broken = PluginJar.of("broken").main("demo.B").source("demo.B", "package demo; class B { int x = }");
        AssertionError failure = assertThrows(AssertionError.class, () -> broken.writeTo(kernel.folder()));
        assertTrue(failure.getMessage().contains("illegal start of expression"), failure.getMessage());
    }

    @Test
    void waitingInVainSaysForWhatAndHowThePluginsAre() {
        kernel.load(Greeter.jar());
        AssertionError late = assertThrows(
                AssertionError.class,
                () -> Await.until(
                        "the cows to come home", () -> false, java.time.Duration.ofMillis(20), kernel::situation));
        assertEquals(
                "Waited 0.02 s in vain for the cows to come home. The plugins now:\n  greeter 1.0.0 running",
                late.getMessage());
    }

    @Test
    void aPluginThatFailsToLoadTellsItsFailure() {
        PluginUnderTest wrong = kernel.install(Greeter.jar()).configured(new JsonObject().put("greeting", 7));
        assertTrue(wrong.loadFailure().getMessage().contains("greeting"));
    }
}
