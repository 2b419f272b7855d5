package io.dataprism.faults.report;

import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** One fault that was tried. */
record Result(Fault fault, Findings findings, Duration took) {
    boolean isKept() {
        return findings.isKept();
    }

    String verdict() {
        return isKept() ? "kept" : "BROKEN";
    }

    String text() {
        StringBuilder text = new StringBuilder(fault.name())
                .append(": ")
                .append(verdict())
                .append(" (")
                .append(Findings.text(took))
                .append(")\n  fault     ")
                .append(fault.fault())
                .append("\n  promise   ")
                .append(fault.promise());
        findings.weaker()
                .forEach(line -> text.append("\n  weaker promise tested: ").append(line));
        findings.seen().forEach(line -> text.append("\n  seen      ").append(line));
        findings.broken().forEach(line -> text.append("\n  BROKEN    ").append(line));
        return text.append('\n').toString();
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("name", fault.name())
                .put("fault", fault.fault())
                .put("promise", fault.promise())
                .put("kept", isKept())
                .put("weaker", new JsonArray(findings.weaker()))
                .put("seen", new JsonArray(findings.seen()))
                .put("broken", new JsonArray(findings.broken()))
                .put("millis", took.toMillis());
    }
}
