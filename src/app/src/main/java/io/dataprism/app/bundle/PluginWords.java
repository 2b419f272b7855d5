package io.dataprism.app.bundle;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of what a node tells of its plugins all that they say in their own words, since nobody knows what stands in those: messages of exceptions, reasons, log
 * lines. Codes, steps, types of exceptions and stack frames stay. What it took out is taken out of later texts, too. Used by one thread.
 */
public final class PluginWords {
    private static final String WITHHELD = "(withheld)";
    private static final Set<String> WORDS =
            Set.of("message", "why", "reason", "waiting", "alive", "ready", "note", "name", "text");

    /** In which the words are the kernel's, or the artifact's. */
    private static final Set<String> OTHERS = Set.of("grants", "asks", "lacks", "dependsOn");

    private static final Pattern FRAME = Pattern.compile(
            "at [\\w.$/<>@+-]+\\((?:Native Method|Unknown Source|[\\w$.-]+(?::\\d+)?)\\)|\\.\\.\\. \\d+ (?:more|common frames omitted)");

    private static final Pattern TYPE =
            Pattern.compile("((?:Caused by: |Suppressed: )?[\\w$]+(?:\\.[\\w$]+)+)(?::.*)?");

    private final Redactor redactor;

    public PluginWords(Redactor redactor) {
        this.redactor = redactor;
    }

    /** What {@code plugins:doctor} told of one. */
    public JsonObject story(JsonObject story) {
        JsonObject without = new JsonObject();
        story.forEach(entry -> {
            // It repeats the words.
            if (!entry.getKey().equals("next")) {
                without.put(
                        entry.getKey(),
                        OTHERS.contains(entry.getKey()) ? entry.getValue() : value(entry.getKey(), entry.getValue()));
            }
        });
        return without.put("grants", grants(story.getJsonArray("grants", new JsonArray())));
    }

    /** Why something was granted is in the words of whoever granted it. */
    private JsonArray grants(JsonArray grants) {
        JsonArray without = new JsonArray();
        grants.stream().map(JsonObject.class::cast).map(JsonObject::copy).forEach(grant -> {
            String reason = grant.getString("reason", "");
            without.add(reason.isEmpty() ? grant : grant.put("reason", withheld(reason)));
        });
        return without;
    }

    private @Nullable Object value(String name, @Nullable Object value) {
        if (value instanceof JsonObject object) {
            JsonObject without = new JsonObject();
            object.forEach(entry -> without.put(entry.getKey(), value(entry.getKey(), entry.getValue())));
            return without;
        }
        if (value instanceof JsonArray array) {
            JsonArray without = new JsonArray();
            array.forEach(item -> without.add(value(name, item)));
            return without;
        }
        if (value instanceof String text && name.equals("stack")) {
            return text.lines().count() > 1 ? stack(text) : text;
        }
        return value instanceof String text && WORDS.contains(name) && !text.equals("yes") ? withheld(text) : value;
    }

    private String withheld(String text) {
        text.lines().forEach(redactor::learn);
        return WITHHELD;
    }

    /** Types and frames of a stack trace as it is printed. */
    private String stack(String text) {
        return text.lines()
                .map(String::strip)
                .map(this::frameOrType)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String frameOrType(String line) {
        if (FRAME.matcher(line).matches()) {
            return line;
        }
        var type = TYPE.matcher(line);
        redactor.learn(line.replaceFirst("^[^:]*: ", ""));
        return type.matches() ? type.group(1) : "";
    }

    /** A line of the node's log, as {@code node:log} told it. */
    public String line(JsonObject line) {
        String text = line.getString("text");
        boolean isPlugins = line.getString("logger").startsWith("plugin.");
        for (JsonObject thrown : thrown(line)) {
            String message = thrown.getString("message", "");
            if (!message.isEmpty()) {
                withheld(message);
                text = text.replace(message, WITHHELD);
            }
        }
        return whole(line, isPlugins ? "(withheld: " + text.length() + " characters)" : text, Map.of());
    }

    /** The same with all words. */
    public String lineWithWords(JsonObject line) {
        Map<Integer, String> messages = new HashMap<>();
        int at = 0;
        for (JsonObject thrown : thrown(line)) {
            messages.put(at++, ": " + thrown.getString("message", ""));
        }
        return whole(line, line.getString("text"), messages);
    }

    private static Iterable<JsonObject> thrown(JsonObject line) {
        return line.getJsonArray("thrown", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private String whole(JsonObject line, String text, Map<Integer, String> messages) {
        StringBuilder whole = new StringBuilder()
                .append(line.getString("at"))
                .append(' ')
                .append(line.getString("level"))
                .append(' ')
                .append(line.getString("logger"))
                .append(": ")
                .append(redactor.text(text));
        int at = 0;
        for (JsonObject thrown : thrown(line)) {
            whole.append("\n    ")
                    .append(thrown.getString("type"))
                    .append(redactor.text(messages.getOrDefault(at++, "")));
            thrown.getJsonArray("frames")
                    .forEach(frame -> whole.append("\n        at ").append(redactor.text(String.valueOf(frame))));
        }
        return whole.toString();
    }
}
