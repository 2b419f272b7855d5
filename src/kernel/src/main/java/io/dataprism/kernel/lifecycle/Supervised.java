package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.supervision.FailureRecord;
import io.dataprism.kernel.supervision.Quarantine;
import io.dataprism.kernel.supervision.Supervision;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a plugin is supervised, and what came of that.
 *
 * @param rules what holds for it
 * @param failures its last ones, the oldest first
 * @param startsAgain when it is started again by itself
 * @param quarantine why it is not
 * @param health what it answered when it was asked last, where it can be
 * @param released when and by whom a quarantine ended last, since the node started
 */
public record Supervised(
        Supervision rules,
        List<FailureRecord> failures,
        Optional<Instant> startsAgain,
        Optional<Quarantine> quarantine,
        Optional<Release> released,
        Optional<Health> health) {

    public Supervised {
        failures = List.copyOf(failures);
    }

    /** The end of a quarantine. */
    public record Release(Instant at, String by) {}

    /** One of which there is nothing to tell. */
    static Supervised calmly(Supervision rules) {
        return new Supervised(rules, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Put what there is to tell into {@code json}; nothing of a plugin that never failed but its rules. */
    void addTo(JsonObject json) {
        json.put(
                "supervision",
                new JsonObject()
                        .put("restart", rules.restart().label())
                        .put("intensity", rules.intensity().text())
                        .put("pause", rules.backOff().text())
                        .put("strategy", rules.strategy().label())
                        .put("probe", rules.probing().text()));
        if (!failures.isEmpty()) {
            JsonArray all = new JsonArray();
            // Where it failed is in the log, and with a quarantine.
            failures.stream().map(FailureRecord::toJson).forEach(failure -> {
                failure.remove("stack");
                all.add(failure);
            });
            json.put("failures", all);
        }
        health.ifPresent(answers -> json.put("health", answers.toJson()));
        startsAgain.ifPresent(at -> json.put("startsAgain", at.toString()));
        quarantine.ifPresent(why -> json.put("quarantine", why.toJson()));
        released.ifPresent(end -> json.put(
                "released", new JsonObject().put("at", end.at().toString()).put("by", end.by())));
    }
}
