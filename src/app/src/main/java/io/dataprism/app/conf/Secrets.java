package io.dataprism.app.conf;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values that references were resolved to in this process, so that no log line, error or answer shows one: where a value would
 * stand, or its beginning before a {@code …}, the reference stands. Safe to use from any thread. One a process, since the log is one a
 * process.
 */
public final class Secrets {
    /** Shorter values are too likely to be part of something else. */
    private static final int SHORTEST = 4;

    private static final char CUT = '…';
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

    /** Longer ones first: what is left of one after a shorter one inside it was replaced would still tell most of it. */
    private static final Map<String, String> REFERENCES = new ConcurrentSkipListMap<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** What each reference stood for, the latest last. What has been rotated away for long hides nothing any more, and must not pile up. */
    private static final Map<String, Deque<String>> VALUES = new HashMap<>();

    private static final int MOST_OF_ONE = 16;

    private Secrets() {}

    static synchronized void add(String value, String reference) {
        Deque<String> values = VALUES.computeIfAbsent(reference, first -> new ArrayDeque<>());
        values.remove(value);
        values.addLast(value);
        if (values.size() > MOST_OF_ONE) {
            forms(values.removeFirst()).forEach(form -> REFERENCES.remove(form, reference));
        }
        forms(value).filter(form -> form.length() >= SHORTEST).forEach(form -> REFERENCES.put(form, reference));
    }

    /** A secret that stands in the configuration itself, unless it is known by a reference already. */
    static synchronized void addPlain(String value) {
        if (!REFERENCES.containsKey(value)) {
            add(value, "(a secret)");
        }
    }

    /** {@code value} as it may stand in a text: as it is, as messages show foreign text, and as JSON. */
    private static Stream<String> forms(String value) {
        String json = new JsonArray().add(value).encode();
        return Stream.of(value, CONTROL.matcher(value).replaceAll("\uFFFD"), json.substring(2, json.length() - 2));
    }

    /** {@code text} without any secret. */
    public static String mask(String text) {
        String masked = text;
        for (Map.Entry<String, String> secret : REFERENCES.entrySet()) {
            if (masked.contains(secret.getKey())) {
                masked = masked.replace(secret.getKey(), secret.getValue());
            }
        }
        return REFERENCES.isEmpty() ? masked : withoutBeginnings(masked);
    }

    /** {@code text} without beginnings of secrets: messages cut what is long. */
    private static String withoutBeginnings(String text) {
        StringBuilder masked = new StringBuilder();
        int from = 0;
        for (int cut = text.indexOf(CUT); cut >= 0; cut = text.indexOf(CUT, from)) {
            masked.append(withoutEnd(text.substring(from, cut))).append(CUT);
            from = cut + 1;
        }
        return masked.append(text, from, text.length()).toString();
    }

    /** {@code text} with a reference in the place of the longest beginning of a secret that it ends with. */
    private static String withoutEnd(String text) {
        int longest = 0;
        String reference = "";
        for (Map.Entry<String, String> secret : REFERENCES.entrySet()) {
            int shown = shown(text, secret.getKey());
            if (shown > longest) {
                longest = shown;
                reference = secret.getValue();
            }
        }
        return longest < SHORTEST ? text : text.substring(0, text.length() - longest) + reference;
    }

    /** How many of the first characters of {@code secret} are the last of {@code text}. */
    private static int shown(String text, String secret) {
        int length = Math.min(text.length(), secret.length());
        while (length > 0 && !text.regionMatches(text.length() - length, secret, 0, length)) {
            length--;
        }
        return length;
    }

    /** The same for everything in a JSON object. */
    public static JsonObject mask(JsonObject json) {
        if (REFERENCES.isEmpty()) {
            return json;
        }
        JsonObject masked = new JsonObject();
        json.forEach(entry -> masked.put(entry.getKey(), masked(entry.getValue())));
        return masked;
    }

    private static @Nullable Object masked(@Nullable Object value) {
        if (value instanceof String text) {
            return mask(text);
        }
        if (value instanceof JsonObject object) {
            return mask(object);
        }
        if (value instanceof JsonArray array) {
            JsonArray masked = new JsonArray();
            array.forEach(item -> masked.add(masked(item)));
            return masked;
        }
        return value;
    }
}
