package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.Event;
import io.dataprism.api.PluginId;
import io.dataprism.api.PublishOptions;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long the last values that a plugin publishes stay. */
final class RetainedLifeTest extends KernelTest {

    @BeforeEach
    void keep() throws Exception {
        load(PluginJar.of("sensor")
                .permission("event-publish:sensor.**")
                .capability(
                        "keep",
                        "return context.events().publish(\"sensor.heat\", 21, " + PublishOptions.class.getName()
                                + ".RETAINED).map(told -> \"kept\");"));
        kernel.grants().grant(new PluginId("sensor"), "event-publish:sensor.**", "test", "");
        assertEquals("kept", await(kernel.<String>call("sensor", "keep", null)));
    }

    /** What a subscriber gets that subscribes now, up to an event that is published after that. */
    private List<String> kept() throws Exception {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        await(kernel.events().subscribe("sensor.*", events::add));
        await(kernel.events().publish("sensor.end", null));
        List<String> bodies = new ArrayList<>();
        Event event = events.poll(20, TimeUnit.SECONDS);
        while (!event.topic().equals("sensor.end")) {
            bodies.add(event.topic() + "=" + event.body());
            event = events.poll(20, TimeUnit.SECONDS);
        }
        return bodies;
    }

    @Test
    void itStaysOverAStopAndAReload() throws Exception {
        await(kernel.stop("sensor"));
        assertEquals(List.of("sensor.heat=21"), kept());
        await(kernel.start("sensor"));
        await(kernel.reload("sensor"));
        assertEquals(List.of("sensor.heat=21"), kept());
    }

    @Test
    void itGoesWithUnload() throws Exception {
        await(kernel.unload("sensor"));
        assertEquals(List.of(), kept());
    }

    @Test
    void itGoesWithRemove() throws Exception {
        await(kernel.remove("sensor"));
        assertEquals(List.of(), kept());
    }
}
