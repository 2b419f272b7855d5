package io.dataprism.kernel.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What verifying a log came to.
 *
 * @param lines how many lines there are
 * @param first the number of the first one; 0 where there is none
 * @param last the number of the last one
 * @param hash the last one's hash
 * @param heads how many heads it was held against
 * @param findings what is wrong, each in a sentence; empty where nothing is
 * @param notes what is worth knowing and nothing wrong
 */
public record AuditVerdict(
        long lines, long first, long last, String hash, int heads, List<String> findings, List<String> notes) {

    public AuditVerdict {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    public boolean isSound() {
        return findings.isEmpty();
    }

    public JsonObject toJson() {
        return new JsonObject()
                .put("sound", isSound())
                .put("lines", lines)
                .put("first", first)
                .put("last", last)
                .put("hash", hash)
                .put("heads", heads)
                .put("findings", new JsonArray(findings))
                .put("notes", new JsonArray(notes));
    }
}
