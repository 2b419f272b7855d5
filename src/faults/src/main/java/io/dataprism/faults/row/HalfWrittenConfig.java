package io.dataprism.faults.row;

import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.Neighbour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.time.Duration;

/** A configuration that ends in the middle of a line, as after a crash of whoever wrote it. */
public final class HalfWrittenConfig implements Fault {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "half-written-config";
    }

    @Override
    public String fault() {
        return "half-written configuration";
    }

    @Override
    public String promise() {
        return "old kept with the line told";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.add(Guest.of("first", Neighbour.class).offers("echo"));
        NodeProcess node = scene.start();
        scene.add(Guest.of("second", Neighbour.class).offers("echo"));
        String wanted = scene.wanted();
        Files.writeString(scene.configuration(), wanted.substring(0, wanted.indexOf("second:") + 5));
        Until.within(LONGEST, "the node sees it", () -> !problems(node).isEmpty());
        JsonObject problem = problems(node).getJsonObject(0);
        findings.holds(
                problem.encode().contains("kernel.yaml") && problem.getInteger("line", 0) > 1,
                "told: %s",
                problem.encode().replace(scene.folder().toString(), ""));
        findings.holds(node.state("first").equals("running"), "what ran is %s", node.state("first"));
        scene.write();
        findings.holds(
                Until.becomes(
                        LONGEST,
                        () -> problems(node).isEmpty()
                                && Told.by(() -> node.invoke("plugins:info", "second"))
                                        .contains("\"state\":\"running\"")),
                "once it is whole it is taken");
    }

    private static JsonArray problems(NodeProcess node) {
        return node.invoke("config:status", new JsonObject()).getJsonArray("problems");
    }
}
