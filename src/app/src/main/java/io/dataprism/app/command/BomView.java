package io.dataprism.app.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A bill of materials in a line, and a line for each library that it does not name, and for each known weakness of what it names. */
final class BomView {
    private static final int MOST_ABSENT = 5;

    private BomView() {}

    /** @param bom as the node tells it; nothing is said where an artifact carries none */
    static List<String> rows(JsonObject bom) {
        List<String> rows = new ArrayList<>();
        JsonArray files = bom.getJsonArray("files");
        if (!files.isEmpty()) {
            int components = bom.getJsonArray("components").size();
            rows.add(components + (components == 1 ? " library" : " libraries") + ", says " + files.getString(0));
        }
        bom.getJsonArray("unnamed").forEach(library -> rows.add(library + ", which that does not name"));
        JsonArray absent = bom.getJsonArray("absent");
        if (!absent.isEmpty()) {
            rows.add("of those, not in the jar: "
                    + absent.stream().limit(MOST_ABSENT).map(String::valueOf).collect(Collectors.joining(", "))
                    + (absent.size() > MOST_ABSENT ? " and " + (absent.size() - MOST_ABSENT) + " more" : ""));
        }
        JsonArray known = bom.getJsonArray("vulnerabilities");
        for (int i = 0; i < known.size(); i++) {
            rows.add(row(known.getJsonObject(i)));
        }
        return rows;
    }

    private static String row(JsonObject known) {
        JsonArray fixed = known.getJsonArray("fixedIn");
        return known.getString("package") + " " + known.getString("version") + ": " + known.getString("id")
                + (known.getString("summary").isEmpty() ? "" : " " + known.getString("summary"))
                + (fixed.isEmpty() ? ", no mended version is known" : ", mended in " + fixed.getString(0));
    }
}
