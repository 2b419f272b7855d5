package io.dataprism.charts.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds data that a chart would have to load from somewhere, and generated data without measure. */
final class DataCheck {
    private static final double MOST_GENERATED = 1e6;

    private final List<String> problems = new ArrayList<>();

    private DataCheck() {}

    static List<String> problems(Map<String, Object> spec) {
        DataCheck check = new DataCheck();
        check.look(spec, "");
        return check.problems;
    }

    private void look(@Nullable Object node, String path) {
        List<?> items = Json.list(node);
        for (int i = 0; i < items.size(); i++) {
            look(items.get(i), path + "[" + i + "]");
        }
        Json.object(node).forEach((name, value) -> {
            String at = path.isEmpty() ? name : path + "." + name;
            if (name.equals("data")) {
                source(value, at);
            } else if (name.equals("sequence")) {
                generator(Json.object(value), at);
            }
            if (!name.equals("values") && !name.equals("datasets")) {
                look(value, at);
            }
        });
    }

    /** One source in Vega-Lite, a list of them in Vega. */
    private void source(Object data, String path) {
        List<?> several = Json.list(data);
        for (int i = 0; i < several.size(); i++) {
            source(several.get(i), path + "[" + i + "]");
        }
        if (Json.object(data).get("url") instanceof String) {
            problems.add(
                    path + ".url: charts load nothing themselves. Fetch the data first and give its rows or its table");
        }
    }

    private void generator(Map<String, Object> sequence, String path) {
        double start = number(sequence.get("start"), 0);
        double count = (number(sequence.get("stop"), start) - start) / number(sequence.get("step"), 1);
        if (!(count <= MOST_GENERATED)) {
            problems.add(path + ": would make more than 1,000,000 rows. Raise 'step', or lower 'stop'");
        }
    }

    private static double number(@Nullable Object value, double otherwise) {
        return value instanceof Number number ? number.doubleValue() : otherwise;
    }
}
