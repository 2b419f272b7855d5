package io.dataprism.faults.row;

import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.Flood;
import io.dataprism.faults.plugin.SlowReader;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A subscriber that takes a millisecond for each of very many events, with each of the choices for a full mailbox. */
public final class SlowConsumer implements Fault {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final long EVENTS_PER_SECOND = 2_000;

    private final Effort effort;

    public SlowConsumer(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "slow-consumer";
    }

    @Override
    public String fault() {
        return "slow consumer";
    }

    @Override
    public String promise() {
        return "sender held or refused as declared, heap bounded, no silent drop";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.jvm("-Xmx192m");
        scene.add(Guest.of("flood", Flood.class)
                .offers("pour")
                .may("event-publish:flood")
                .conf("limits: {cpu: 200}"));
        NodeProcess node = scene.start();
        for (String full : List.of("REFUSE", "HOLD", "DROP_OLDEST", "KEEP_LATEST")) {
            String id = "reader-" + full.toLowerCase(Locale.ROOT).replace('_', '-');
            scene.add(Guest.of(id, SlowReader.class)
                    .offers("count")
                    .may("event-subscribe:flood")
                    .manifest("limits: {mailbox: {messages: 500}}")
                    .conf("config: {full: " + full + "}"));
            scene.write();
            Until.within(LONGEST, id + " runs", () -> isRunning(node, id));
            pour(node, id, full, findings);
            node.invoke("plugins:unload", id);
        }
        findings.holds(node.isAlive(), "the node runs on, in a heap of 192 MB");
    }

    private static boolean isRunning(NodeProcess node, String id) {
        return node.invoke("plugins:list", new JsonObject()).getJsonArray("plugins").stream()
                .map(JsonObject.class::cast)
                .anyMatch(plugin -> id.equals(plugin.getString("id")) && "running".equals(plugin.getString("state")));
    }

    private void pour(NodeProcess node, String id, String full, Findings findings) throws Exception {
        long events = EVENTS_PER_SECOND * effort.measure().toSeconds();
        JsonObject sender = (JsonObject) node.call("flood", "pour", new JsonObject().put("events", events), LONGEST);
        long expected = events - sender.getLong("refused") - sender.getLong("failed");
        // While its mailbox is full it answers nobody
        boolean all = Until.becomes(
                LONGEST,
                () -> !Told.by(() -> count(node, id)).startsWith("DP-") && accounted(count(node, id)) >= expected);
        JsonObject reader = count(node, id);
        long found = accounted(reader);
        findings.holds(
                all && found == expected,
                "%s: of %,d events %,d handled, %,d refused, %,d dropped and counted (%,d held meanwhile, %,d unaccounted for)",
                full,
                events,
                reader.getLong("handled"),
                sender.getLong("refused") + sender.getLong("failed"),
                reader.getLong("dropped"),
                sender.getLong("held"),
                expected - found);
    }

    private static long accounted(JsonObject reader) {
        return reader.getLong("handled") + reader.getLong("dropped");
    }

    private static JsonObject count(NodeProcess node, String id) {
        return (JsonObject) node.call(id, "count", new JsonObject(), LONGEST);
    }
}
