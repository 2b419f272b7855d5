package io.dataprism.kernel.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ResourcesTest {
    private static final PluginId ID = new PluginId("p");
    private static final long MILLI = 1_000_000;

    private final Resources resources =
            new Resources(new MemoryAccounts(), 100, 50, CountLimits.NONE, Duration.ofSeconds(1));

    @Test
    void theOperatorsWordHoldsThenTheLesserOfManifestAndNode() {
        assertEquals(50, resources.meter(ID, OptionalInt.empty()).cpu().percent());
        assertEquals(50, resources.meter(ID, OptionalInt.of(80)).cpu().percent());
        assertEquals(20, resources.meter(ID, OptionalInt.of(20)).cpu().percent());
        assertEquals(40, resources.account(ID, OptionalLong.of(40)).limit());
        resources.allow(ID, new Allowance(OptionalInt.of(150), OptionalLong.of(300)));
        assertEquals(150, resources.meter(ID, OptionalInt.of(20)).cpu().percent());
        assertEquals(300, resources.account(ID, OptionalLong.of(40)).limit());
        resources.allow(ID, Allowance.NONE);
        assertEquals(20, resources.meter(ID, OptionalInt.of(20)).cpu().percent());
        assertEquals(40, resources.account(ID, OptionalLong.of(40)).limit());
    }

    @Test
    void onlyThoseAreSampledThatUsedSomething() {
        Meter meter = resources.meter(ID, OptionalInt.empty());
        resources.meter(new PluginId("rests"), OptionalInt.empty());
        assertEquals(List.of(), resources.sample());
        meter.used(MILLI, 10);
        meter.used(MILLI, 10);
        List<PluginUse> busy = resources.sample();
        assertEquals(List.of(ID), busy.stream().map(PluginUse::plugin).toList());
        assertEquals(2, busy.get(0).cpu().toMillis());
        assertEquals(20, busy.get(0).allocated());
        assertEquals(List.of(), resources.sample());
        meter.used(MILLI, 0);
        resources.unloaded(ID);
        assertEquals(List.of(), resources.sample(), "it is gone");
        assertEquals(1, resources.used().size());
    }

    @Test
    void theHistoryHasAPointForEachStepInWhichSomethingWasUsed() {
        Meter meter = resources.meter(ID, OptionalInt.empty());
        long now = 1_000_000;
        assertTrue(meter.sample(now, 0));
        meter.used(2_500 * MILLI, 0);
        assertTrue(meter.sample(now + 5, 4_096));
        assertTrue(meter.sample(now + 10, 8_192));
        assertFalse(meter.sample(now + 20, 8_192), "it rests");
        assertTrue(meter.sample(now + 100, 8_192));
        meter.used(100 * MILLI, 0);
        assertTrue(meter.sample(now + 110, 0));
        JsonArray points = meter.points();
        assertEquals(2, points.size(), points.encode());
        JsonObject first = points.getJsonObject(0);
        assertEquals("1970-01-12T13:46:40Z", first.getString("at"));
        assertEquals(25.0, first.getDouble("cpuPercent"));
        assertEquals(8_192, first.getLong("memory"));
        assertEquals(1.0, points.getJsonObject(1).getDouble("cpuPercent"));
    }

    @Test
    void theHistoryIsAnHourLongAndNoLonger() {
        UseHistory history = new UseHistory();
        for (int step = 0; step < 1_000; step++) {
            history.add(step, step % 50, (long) step << 10);
        }
        JsonArray points = history.toJson();
        assertEquals(360, points.size());
        assertEquals("1970-01-01T01:46:40Z", points.getJsonObject(0).getString("at"));
        for (int i = 0; i < points.size(); i++) {
            assertEquals((640 + i) % 50, points.getJsonObject(i).getDouble("cpuPercent"));
            assertEquals((640L + i) << 10, points.getJsonObject(i).getLong("memory"));
        }
        history.add(5_000, 1, 0);
        assertEquals(1, history.toJson().size(), "what is older than an hour is gone");
    }
}
