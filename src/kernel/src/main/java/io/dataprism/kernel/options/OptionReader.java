package io.dataprism.kernel.options;

import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of one section, noting a problem for each that is not what it must be and going on with the default. Used by
 * one thread. Keys that were never asked for are problems too ({@link #checked}).
 */
public final class OptionReader {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}) ?(B|KiB|MiB|GiB)?");

    private final String path;
    private final JsonObject section;
    private final String code;
    private final List<OptionProblem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param path the section's own path, for example {@code gateway}; empty for the whole configuration
     * @param code the code of a problem found here
     */
    public OptionReader(String path, JsonObject section, String code) {
        this(path, section, code, new ArrayList<>());
    }

    private OptionReader(String path, JsonObject section, String code, List<OptionProblem> problems) {
        this.path = path;
        this.section = section;
        this.code = code;
        this.problems = problems;
    }

    public String text(String key, String otherwise) {
        return optionalText(key).orElse(otherwise);
    }

    public Optional<String> optionalText(String key) {
        Object value = value(key);
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        if (value != null) {
            expected(key, "a text", value);
        }
        return Optional.empty();
    }

    /** A text that no problem may show; empty where it is missing or no text, which is for the caller to tell. */
    public Optional<String> secret(String key) {
        return value(key) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    public int number(String key, int otherwise, int least, int most) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= least
                && ((Number) value).longValue() <= most) {
            return ((Number) value).intValue();
        }
        expected(key, "a whole number from " + least + " to " + most, value);
        return otherwise;
    }

    public boolean flag(String key, boolean otherwise) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        expected(key, "true or false", value);
        return otherwise;
    }

    /** A duration: a whole number and {@code ms}, {@code s}, {@code m} or {@code h}. */
    public Duration duration(String key, Duration otherwise, Duration least, Duration most) {
        return optionalDuration(key, least, most).orElse(otherwise);
    }

    /** The same; empty where nothing, or nothing valid, is said. */
    public Optional<Duration> optionalDuration(String key, Duration least, Duration most) {
        Object value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            Matcher matcher = DURATION.matcher(text);
            if (matcher.matches()) {
                Duration duration = duration(Long.parseLong(matcher.group(1)), matcher.group(2));
                if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                    return Optional.of(duration);
                }
            }
        }
        expected(key, "a duration such as 500ms, 10s or 5m, from " + shown(least) + " to " + shown(most), value);
        return Optional.empty();
    }

    /** A number of bytes: a whole number, or one with {@code B}, {@code KiB}, {@code MiB} or {@code GiB}. */
    public int size(String key, int otherwise, int least, int most) {
        return (int) bytes(key, otherwise, least, most);
    }

    /** The same for sizes beyond 2 GiB. */
    public long bytes(String key, long otherwise, long least, long most) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        Matcher matcher = SIZE.matcher(String.valueOf(value));
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            int shift = shift(matcher.group(2));
            // Compared before it is shifted, so that a huge amount cannot overflow.
            if (amount <= most >> shift && amount << shift >= least) {
                return amount << shift;
            }
        }
        expected(key, "a size such as 64KiB or 1MiB, from " + least + " to " + most + " bytes", value);
        return otherwise;
    }

    /** A list of texts; a single text counts as a list, parted at commas, since an environment variable holds nothing else. */
    public List<String> texts(String key) {
        Object value = value(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof String text) {
            return List.of(text.trim().split("\\s*,\\s*"));
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.getValue(i) instanceof String text && !text.isBlank()) {
                    texts.add(text);
                } else {
                    expected(key + "[" + i + "]", "a text", array.getValue(i));
                }
            }
            return texts;
        }
        expected(key, "a list of texts", value);
        return texts;
    }

    /** A section within this one, with a reader that notes its problems here; a missing one is empty. */
    public OptionReader section(String key) {
        Object value = value(key);
        if (value != null && !(value instanceof JsonObject)) {
            expected(key, "an object", value);
        }
        return new OptionReader(
                at(key), value instanceof JsonObject object ? object : new JsonObject(), code, problems);
    }

    /** An object whose keys are somebody else's; a missing one is empty. */
    public JsonObject object(String key) {
        return section(key).section;
    }

    /** The sections of a list of objects, each with a reader that notes its problems here. */
    public List<OptionReader> sections(String key) {
        Object value = value(key);
        List<OptionReader> sections = new ArrayList<>();
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                String at = key + "[" + i + "]";
                if (array.getValue(i) instanceof JsonObject object) {
                    sections.add(new OptionReader(at(at), object, code, problems));
                } else {
                    expected(at, "an object", array.getValue(i));
                }
            }
        } else if (value != null) {
            expected(key, "a list of objects", value);
        }
        return sections;
    }

    /** Note a problem with {@code key} that only the reader's user can see. */
    public void problem(String key, String message) {
        problems.add(new OptionProblem(at(key), code, message));
    }

    private String at(String key) {
        return key.isEmpty() || path.isEmpty() ? path + key : path + "." + key;
    }

    /** Note each key that nobody asked for. Called once, after the last option was read. */
    public OptionReader refuseUnknown() {
        for (String key : section.fieldNames()) {
            if (!known.contains(key)) {
                problem(
                        PluginException.excerpt(key),
                        "is not an option here; expected one of " + String.join(", ", known)
                                + ". Correct the name or remove it.");
            }
        }
        return this;
    }

    /** What was read: made only when there are no problems, unknown keys included. */
    public <T> Checked<T> checked(Supplier<T> options) {
        refuseUnknown();
        return problems.isEmpty()
                ? new Checked<>(Optional.of(options.get()), List.of())
                : new Checked<>(Optional.empty(), problems);
    }

    private @Nullable Object value(String key) {
        known.add(key);
        return section.getValue(key);
    }

    private void expected(String key, String expected, @Nullable Object found) {
        problem(key, "must be " + expected + ", but is " + PluginException.excerpt(String.valueOf(found)) + ".");
    }

    private static int shift(@Nullable String unit) {
        if (unit == null) {
            return 0;
        }
        return switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 0;
        };
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static String shown(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
