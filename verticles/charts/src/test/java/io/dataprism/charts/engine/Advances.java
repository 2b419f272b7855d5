package io.dataprism.charts.engine;

import io.dataprism.charts.font.Typeface;
import io.vertx.core.json.JsonObject;

/** The widths of Roboto's glyphs, for a runtime elsewhere that shall measure text as the engine does. */
final class Advances {
    private static final int UNITS_PER_EM = 2048;
    private static final int LAST = 0x2E80;

    private Advances() {}

    static JsonObject all() {
        return new JsonObject()
                .put("regular", of(Typeface.of(false, false)))
                .put("bold", of(Typeface.of(true, false)))
                .put("italic", of(Typeface.of(false, true)))
                .put("bolditalic", of(Typeface.of(true, true)));
    }

    private static JsonObject of(Typeface face) {
        JsonObject signs = new JsonObject();
        for (int sign = 0; sign < LAST; sign++) {
            if (face.has(sign)) {
                signs.put(Integer.toString(sign), units(face, sign));
            }
        }
        return new JsonObject()
                .put("unitsPerEm", UNITS_PER_EM)
                .put("missing", units(face, LAST - 1))
                .put("signs", signs);
    }

    private static int units(Typeface face, int sign) {
        return (int) Math.round(face.width(Character.toString(sign), UNITS_PER_EM));
    }
}
