package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {
    private static final PluginId CHARTS = new PluginId("charts");

    @Test
    void noTwoCallersShareALabel() {
        Set<String> labels = Set.of(
                Caller.plugin(CHARTS).label(),
                Caller.user("charts").label(),
                Caller.OPERATOR.label(),
                Caller.HOST.label());
        assertEquals(Set.of("charts", "user:charts", "operator", "host"), labels);
        assertFalse(PluginId.isValid(Caller.user("a").label()), "a user's label must not be a plugin's id");
    }

    @Test
    void onlyAPluginIsThatPlugin() {
        assertTrue(Caller.plugin(CHARTS).isPlugin(CHARTS));
        assertFalse(Caller.user("charts").isPlugin(CHARTS));
        assertFalse(Caller.plugin(new PluginId("files")).isPlugin(CHARTS));
    }

    @Test
    void showsAPluginApartFromTheOthers() {
        assertEquals("plugin:charts", Caller.plugin(CHARTS).toString());
        assertEquals("operator", Caller.OPERATOR.toString());
    }

    @Test
    void aCallWaitsSomePositiveTime() {
        assertEquals(Duration.ofSeconds(30), CallOptions.DEFAULT.timeout());
        assertEquals(
                Duration.ofMillis(5), CallOptions.within(Duration.ofMillis(5)).timeout());
        for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofMillis(-1)}) {
            PluginException refusal = assertThrows(PluginException.class, () -> CallOptions.within(wrong));
            assertEquals("DP-0309", refusal.code());
        }
    }
}
