package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.dataprism.kernel.traffic.DeadLetter;
import io.dataprism.kernel.traffic.DeadLetters;
import io.dataprism.kernel.traffic.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One message that its receiver can't cope with: it becomes a dead letter, the next one is served within a second, and it can be replayed once that is mended. */
final class PoisonMessageTest extends KernelTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private void load(PluginJar jar, String grant) throws Exception {
        await(kernel.load(ArtifactSource.path(jar.in(folder)), LoadOptions.DEFAULT.grants(grant)));
    }

    private DeadLetter only() {
        DeadLetters dead = kernel.messages().deadLetters();
        soon().until(() -> !dead.all().isEmpty());
        assertEquals(1, dead.all().size(), () -> dead.all().toString());
        return dead.all().get(0);
    }

    @Test
    void whatAHandlerFailsAt() throws Exception {
        var gate = PluginJar.gate();
        load(
                PluginJar.of("eater")
                        .permission("event-subscribe:food")
                        .does(
                                "start",
                                "return context.events().subscribe(\"food\", event -> {"
                                        + " if (event.body().equals(\"poison\") && !isOpen()) throw new IllegalStateException(\"poison\");"
                                        + " note(\"ate \" + event.body()); }).mapEmpty();"),
                "event-subscribe:food");
        await(kernel.events().publish("food", "poison"));
        long sent = System.nanoTime();
        await(kernel.events().publish("food", "bread"));
        soon().until(() -> notes().contains("eater:ate bread"));
        assertTrue(System.nanoTime() - sent < SECOND.toNanos());
        DeadLetter letter = only();
        assertEquals(Reason.FAILED, letter.reason());
        assertEquals(PluginState.RUNNING, state("eater"));
        assertEquals(
                List.of(), kernel.plugin("eater").orElseThrow().supervised().failures());
        gate.countDown();
        await(kernel.messages().deadLetters().replay(letter.number()));
        soon().until(() -> notes().contains("eater:ate poison"));
    }

    /** Its tries are those that the caller asked for; each takes the plugin down. */
    @Test
    void whatTakesThePluginDown() throws Exception {
        var gate = PluginJar.gate();
        load(PluginJar.of("eater")
                .capability(
                        "eat",
                        "if (call.body().equals(\"poison\") && !isOpen()) {"
                                + " note(\"tasted\"); context.fail(new Error(\"poison\")); return Promise.promise().future(); }"
                                + " return Future.succeededFuture(\"ate \" + call.body());")
                .yaml("idempotent: [eat]\nsupervision: {pause: 1ms..2ms}"));
        CallException lost = assertInstanceOf(
                CallException.class, failure(kernel.call("eater", "eat", "poison", CallOptions.DEFAULT.retrying(2))));
        assertTrue(lost.kind() == FailureKind.CANCELLED || lost.kind() == FailureKind.NOT_RUNNING, lost.toString());
        long over = System.nanoTime();
        assertEquals(
                "ate bread", await(kernel.<String>call("eater", "eat", "bread", CallOptions.DEFAULT.retrying(10))));
        assertTrue(System.nanoTime() - over < SECOND.toNanos());
        long tries = notes().stream().filter("eater:tasted"::equals).count();
        assertTrue(tries >= 1 && tries <= 3, notes().toString());
        DeadLetter letter = only();
        gate.countDown();
        await(kernel.messages().deadLetters().replay(letter.number()));
        assertTrue(kernel.messages().deadLetters().all().isEmpty());
    }
}
