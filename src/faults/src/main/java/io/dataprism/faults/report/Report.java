package io.dataprism.faults.report;

import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Distribution;
import io.dataprism.faults.node.Scene;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tries faults, one after the other, and keeps what was seen. One thread. */
public final class Report {
    private final Distribution distribution;
    private final Consumer<String> lines;
    private final List<Result> results = new ArrayList<>();

    /** @param lines told of each fault as soon as it was tried */
    public Report(Distribution distribution, Consumer<String> lines) {
        this.distribution = distribution;
        this.lines = lines;
    }

    /** Try one. What keeps it from being tried is a broken promise. */
    public void tryOut(Fault fault) {
        Findings findings = new Findings();
        long began = System.nanoTime();
        try (Scene scene = new Scene(distribution)) {
            tryIn(scene, fault, findings);
            if (!findings.isKept()) {
                lines.accept(tail(scene));
            }
        } catch (IOException e) {
            findings.holds(false, "%s", e);
        }
        Result result = new Result(fault, findings, Duration.ofNanos(System.nanoTime() - began));
        results.add(result);
        lines.accept(result.text());
    }

    private static void tryIn(Scene scene, Fault fault, Findings findings) {
        try {
            fault.tryOut(scene, findings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            findings.holds(false, "%s", e);
        } catch (Exception e) {
            findings.holds(false, "%s", e);
        }
    }

    /** The end of what the nodes said, for whoever looks for the cause. */
    private static String tail(Scene scene) throws IOException {
        List<String> all = scene.log().lines().toList();
        return "  the nodes' last lines:\n"
                + String.join(
                        "\n",
                        all.subList(Math.max(0, all.size() - 40), all.size()).stream()
                                .map(line -> "    | " + line)
                                .toList());
    }

    List<Result> results() {
        return List.copyOf(results);
    }

    public boolean isKept() {
        return results.stream().allMatch(Result::isKept);
    }

    /** What is broken, each by its name and what was seen. */
    public List<String> broken() {
        return results.stream()
                .filter(result -> !result.isKept())
                .map(Result::text)
                .toList();
    }

    public String summary() {
        long kept = results.stream().filter(Result::isKept).count();
        return kept + " of " + results.size() + " promises kept.";
    }

    public JsonObject toJson() {
        JsonArray all = new JsonArray();
        results.forEach(result -> all.add(result.toJson()));
        return new JsonObject()
                .put("java", Runtime.version().feature())
                .put("kept", isKept())
                .put("faults", all);
    }
}
