package io.dataprism.kernel.admission;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A bill of materials with what is known of it, as JSON. */
public final class Boms {
    /** A list that nobody reads to its end is cut. */
    private static final int MOST = 2_000;

    private Boms() {}

    public static JsonObject toJson(Bom bom, List<Vulnerability> vulnerabilities) {
        JsonArray components = new JsonArray();
        bom.components().stream().limit(MOST).forEach(component -> components.add(component.toString()));
        JsonArray known = new JsonArray();
        vulnerabilities.stream().limit(MOST).forEach(one -> known.add(one.toJson()));
        return new JsonObject()
                .put("files", new JsonArray(bom.files()))
                .put("components", components)
                .put("vulnerabilities", known)
                .put("absent", new JsonArray(bom.absent()))
                .put("unnamed", new JsonArray(bom.unnamed()))
                .put("problems", new JsonArray(bom.problems()));
    }
}
