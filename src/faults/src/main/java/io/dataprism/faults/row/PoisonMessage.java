package io.dataprism.faults.row;

import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.Cook;
import io.dataprism.faults.plugin.Eater;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** A message that its handler fails at each time. */
public final class PoisonMessage implements Fault {
    private static final Duration NEXT = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "poison-message";
    }

    @Override
    public String fault() {
        return "poison message";
    }

    @Override
    public String promise() {
        return "dead letter after its tries, the next served in 1 s, replay works";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.add(Guest.of("eater", Eater.class).offers("eaten").may("event-subscribe:food"));
        scene.add(Guest.of("cook", Cook.class).offers("serve").may("event-publish:food"));
        NodeProcess node = scene.start();
        serve(node, "poison");
        serve(node, "bread");
        long began = System.nanoTime();
        Until.within(LONGEST, "bread is eaten", () -> eaten(node).contains("bread"));
        findings.within(NEXT, Duration.ofNanos(System.nanoTime() - began), "the next was served after");
        findings.holds(node.state("eater").equals("running"), "its receiver is %s", node.state("eater"));
        JsonArray letters = node.invoke("dead:list", new JsonObject()).getJsonArray("letters");
        findings.holds(letters.size() == 1, "%d dead letter", letters.size());
        JsonObject cure = new JsonObject().put("id", "eater").put("config", new JsonObject().put("cured", true));
        node.invoke("plugins:configure", cure);
        long number = letters.getJsonObject(0).getLong("number");
        node.invoke("dead:replay", new JsonObject().put("number", number));
        findings.holds(
                Until.becomes(LONGEST, () -> eaten(node).contains("poison")),
                "replayed once that was mended: %s",
                eaten(node));
    }

    private static void serve(NodeProcess node, String what) {
        node.call("cook", "serve", new JsonObject().put("what", what), LONGEST);
    }

    private static JsonArray eaten(NodeProcess node) {
        return ((JsonObject) node.call("eater", "eaten", new JsonObject(), LONGEST)).getJsonArray("eaten");
    }
}
