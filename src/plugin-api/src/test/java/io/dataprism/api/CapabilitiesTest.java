package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    private final CapabilityHandler one = call -> Future.succeededFuture(1);
    private final CapabilityHandler two = call -> Future.succeededFuture(2);

    @Test
    void addingLeavesTheOriginalAsItWas() {
        Capabilities first = Capabilities.of("a", one);
        Capabilities more = first.and("b", two);
        assertEquals(Set.of("a"), first.names());
        assertEquals(Set.of("a", "b"), more.names());
        assertTrue(Capabilities.none().names().isEmpty());
    }

    @Test
    void aLaterHandlerRefinesAnEarlierOne() {
        assertSame(two, Capabilities.of("a", one).and("a", two).handler("a").orElseThrow());
        assertSame(
                two,
                Capabilities.of("a", one)
                        .and(Capabilities.of("a", two))
                        .handler("a")
                        .orElseThrow());
    }

    @Test
    void anUnknownNameHasNoHandler() {
        assertEquals(Optional.empty(), Capabilities.of("a", one).handler("b"));
    }

    @Test
    void aPluginOffersNothingByItselfAndItsStepsSucceed() throws Exception {
        Plugin plugin = new Plugin() {};
        assertTrue(plugin.capabilities().names().isEmpty());
        assertTrue(plugin.start().succeeded());
        assertTrue(plugin.stop().succeeded());
        assertTrue(plugin.destroy().succeeded());
    }
}
