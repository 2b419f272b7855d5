package io.dataprism.app.bundle;

import io.dataprism.app.conf.Secrets;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of texts: those that the configuration refers to, those that stand in it, and whatever has the form of one. What it learns from one text it
 * takes out of all later ones, so the configuration comes first. Used by one thread.
 */
public final class Redactor {
    /** What stands where something was. */
    public static final String GONE = "(redacted)";

    /** Of what has a name that tells that it is a secret; shorter ones are too likely to be part of something else. */
    private static final int SHORTEST_SECRET = 4;
    /** Of what only may be one. */
    private static final int SHORTEST_OTHER = 6;

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(passw|passphrase|secret|token|credential|api[-_]?key|private[-_]?key|access[-_]?key|authorization|cookie|signature|\\bpin\\b|\\bsalt\\b).*");

    private static final Pattern[] FORMS = {
        // Whole keys and certificates, also where they are cut.
        Pattern.compile("-----BEGIN [^-]*-----[^-]*(?:-----END [^-]*-----|-*)"),
        // What stands before an address's host, and behind its path.
        Pattern.compile("(?<=://)[^/\\s@'\"]+(?=@)"),
        Pattern.compile("(?<=://[^\\s?'\"]{1,300}\\?)[^\\s'\"]+"),
        // A name that tells it, and what follows.
        Pattern.compile("(?i)(?<=\\b(?:bearer|basic)\\s{1,3})[\\w.~+/=-]{6,}"),
        Pattern.compile(
                "(?i)(?<=(?:passw(?:or)?d|passphrase|secret|token|api[-_]?key|credentials?|authorization)[\"']?\\s{0,3}[=:]\\s{0,3}[\"']?)[^\\s\"',;]+"),
        // Tokens: signed ones, those of mixed letters and digits, and hexadecimal ones that are no SHA-256.
        Pattern.compile("\\beyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*"),
        Pattern.compile("(?<![\\w-])(?=[\\w-]*\\d)(?=[\\w-]*[a-z])(?=[\\w-]*[A-Z])[\\w-]{32,}={0,2}"),
        Pattern.compile("(?<![0-9a-fA-F])(?![0-9a-fA-F]{64}(?![0-9a-fA-F]))[0-9a-fA-F]{32,}(?![0-9a-fA-F])")
    };

    /** Longer ones first: what is left of one after a shorter one inside it was taken out would still tell most of it. */
    private final Set<String> known =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private final Set<String> kept;

    /**
     * @param kept texts that are never taken for a secret because the configuration holds them somewhere: the ids of plugins
     */
    public Redactor(Set<String> kept) {
        this.kept = Set.copyOf(kept);
    }

    /** {@code text} is to be taken out wherever it stands from now on, unless it is so short that it says nothing. */
    void learn(String text) {
        if (text.length() >= SHORTEST_OTHER && !kept.contains(text)) {
            known.add(text);
        }
    }

    private void learnSecret(String text) {
        if (text.length() >= SHORTEST_SECRET && !kept.contains(text)) {
            known.add(text);
        }
    }

    /** A node's configuration: all keys stay; of what plugins are configured with, no text stays. */
    public JsonObject configuration(JsonObject conf) {
        JsonObject redacted = new JsonObject();
        conf.forEach(entry -> redacted.put(
                entry.getKey(),
                entry.getKey().equals("plugins") && entry.getValue() instanceof JsonObject plugins
                        ? plugins(plugins)
                        : value(entry.getKey(), entry.getValue(), false)));
        return redacted;
    }

    private JsonObject plugins(JsonObject plugins) {
        JsonObject redacted = new JsonObject();
        plugins.forEach(plugin -> {
            if (plugin.getValue() instanceof JsonObject section) {
                JsonObject one = new JsonObject();
                section.forEach(entry -> one.put(
                        entry.getKey(),
                        value(entry.getKey(), entry.getValue(), entry.getKey().equals("config"))));
                redacted.put(plugin.getKey(), one);
            } else {
                redacted.put(plugin.getKey(), value(plugin.getKey(), plugin.getValue(), false));
            }
        });
        return redacted;
    }

    /** Everything in {@code json}. */
    public JsonObject json(JsonObject json) {
        JsonObject redacted = new JsonObject();
        json.forEach(entry -> redacted.put(text(entry.getKey()), value(entry.getKey(), entry.getValue(), false)));
        return redacted;
    }

    /** @param opaque whether nobody here knows what the texts in {@code value} mean */
    private @Nullable Object value(String name, @Nullable Object value, boolean opaque) {
        if (value instanceof JsonObject object) {
            JsonObject redacted = new JsonObject();
            object.forEach(
                    entry -> redacted.put(text(entry.getKey()), value(entry.getKey(), entry.getValue(), opaque)));
            return redacted;
        }
        if (value instanceof JsonArray array) {
            JsonArray redacted = new JsonArray();
            array.forEach(item -> redacted.add(value(name, item, opaque)));
            return redacted;
        }
        boolean isSecret = SECRET_NAME.matcher(name).matches();
        if (value instanceof Number number && isSecret) {
            learnSecret(number.toString());
            return GONE;
        }
        if (!(value instanceof String text)) {
            return value;
        }
        if (isSecret) {
            learnSecret(text);
            return GONE;
        }
        if (opaque) {
            learn(text);
            return GONE;
        }
        return text(text);
    }

    /** {@code text} without secrets. */
    public String text(String text) {
        String redacted = withoutKnown(text);
        for (Pattern form : FORMS) {
            redacted = withoutCut(text, form, redacted);
            redacted = form.matcher(redacted).replaceAll(Matcher.quoteReplacement(GONE));
        }
        return redacted;
    }

    private String withoutKnown(String text) {
        String redacted = Secrets.mask(text);
        for (String secret : known) {
            redacted = redacted.replace(secret, GONE);
        }
        return redacted;
    }

    /** What has the form of a secret, and holds a known one, has that form no more once the known one is gone; the rest of it goes as well. */
    private String withoutCut(String text, Pattern form, String redacted) {
        String all = redacted;
        Matcher found = form.matcher(text);
        while (found.find()) {
            String left = withoutKnown(found.group());
            if (!left.equals(found.group())) {
                all = all.replace(left, GONE);
            }
        }
        return all;
    }
}
