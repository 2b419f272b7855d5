package io.dataprism.kernel;

import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as options and conf write them: a whole number with {@code ms}, {@code s}, {@code m} or {@code h}. */
final class JsonDurations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

    private JsonDurations() {}

    static Duration read(JsonObject json, String key, Duration otherwise) {
        Object value = json.getValue(key);
        return value == null ? otherwise : parse(key, value);
    }

    private static Duration parse(String key, @Nullable Object value) {
        Matcher form = FORM.matcher(String.valueOf(value).strip());
        if (!form.matches()) {
            throw new PluginException(
                    "DP-0801",
                    "Option '" + key + "' must be a duration such as '500ms', '30s' or '5m', but is '"
                            + PluginException.excerpt(String.valueOf(value)) + "'.");
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
