package io.dataprism.app.input;

import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.dataprism.kernel.manifest.Problem;
import io.vertx.core.json.JsonArray;
import java.util.List;

/** Shows problems. */
public final class Problems {
    private Problems() {}

    /** Each on a line of its own, on standard error; editors and terminals make links of their places. */
    public static void show(Screen screen, List<Problem> problems) {
        for (Problem problem : problems) {
            Style style = problem.isError() ? Style.RED : Style.YELLOW;
            String text = problem.toString();
            String place = text.substring(0, text.indexOf(": ") + 1);
            screen.err().println(screen.noticed(style, place) + text.substring(place.length()));
        }
    }

    public static JsonArray toJson(List<Problem> problems) {
        JsonArray json = new JsonArray();
        problems.forEach(problem -> json.add(problem.toJson()));
        return json;
    }
}
