package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.permission.PermissionRule;
import io.dataprism.kernel.permission.Term;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Grants that end by themselves, on a whole kernel. */
final class GrantTermsTest extends KernelTest {
    private static final PluginId LISTENER = new PluginId("listener");
    private static final Caller PLUGIN = Caller.plugin(LISTENER);

    private void give(String rule, Term term) {
        kernel.grants().give(PLUGIN, PermissionRule.parse(rule), "test", "", term);
    }

    private static PluginJar listener() {
        return PluginJar.of("listener")
                .permission("event-subscribe:news.*")
                .does("start", "return context.events().subscribe(\"news.*\", event -> {}).mapEmpty();");
    }

    private int heard() throws Exception {
        return await(kernel.events().publish("news.today", 1)).accepted();
    }

    @Test
    void whatIsGrantedWhileItRunsIsOverWhenItStops() throws Exception {
        install(listener());
        give("event-subscribe:news.*", Term.WHILE_RUNNING);
        await(kernel.load("listener"));
        assertEquals(1, heard());
        await(kernel.stop("listener"));
        assertTrue(kernel.grants().grants(PLUGIN).isEmpty());
        assertTrue(failure(kernel.load("listener")).getMessage().contains("it was not granted"));
    }

    @Test
    void whatIsGrantedWhileItRunsIsOverWhenItsStartFails() throws Exception {
        install(PluginJar.of("listener").does("start", "return Future.failedFuture(\"no luck\");"));
        give("event-subscribe:news.*", Term.WHILE_RUNNING);
        failure(kernel.load("listener"));
        assertTrue(kernel.grants().grants(PLUGIN).isEmpty());
    }

    @Test
    void aSubscriptionEndsWithTheTimeOfItsGrant() throws Exception {
        install(listener());
        give("event-subscribe:news.*", Term.FOR_GOOD);
        await(kernel.load("listener"));
        assertEquals(1, heard());
        give("event-subscribe:news.*", Term.until(Instant.now().plusMillis(100)));
        soon().until(() -> heard() == 0);
        assertTrue(kernel.grants().grants(PLUGIN).isEmpty());
    }
}
