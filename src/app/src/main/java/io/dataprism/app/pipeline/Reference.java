package io.dataprism.app.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reference in a pipeline: {@code ${steps.load.data}}, {@code ${settings.input}}, {@code ${each.format}}; a doubled dollar sign writes one dollar sign.
 *
 * @param text as it was written
 * @param path its parts between the dots
 */
record Reference(String text, List<String> path) {
    /** Everything that begins like a reference, whole or not; a doubled dollar first. */
    private static final Pattern ANY = Pattern.compile("\\$\\$\\{|\\$\\{([^{}$]*)}|\\$\\{");

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    static final String ESCAPED = "$${";

    Reference {
        path = List.copyOf(path);
    }

    /** What a reference starts with: {@code steps}, {@code settings}, {@code each}, or something unknown. */
    String root() {
        return path.get(0);
    }

    /** A text cut into what is literal and what is a reference. */
    sealed interface Part {}

    /** Text that stays as it is. */
    record Literal(String text) implements Part {}

    /** A reference. */
    record Found(Reference reference) implements Part {}

    /** What begins like a reference and is none. */
    record Broken(String text) implements Part {}

    static List<Part> parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = ANY.matcher(text);
        int end = 0;
        while (matcher.find()) {
            literal(parts, text.substring(end, matcher.start()));
            parts.add(part(matcher));
            end = matcher.end();
        }
        literal(parts, text.substring(end));
        return parts;
    }

    private static Part part(Matcher matcher) {
        if (matcher.group().equals(ESCAPED)) {
            return new Literal("${");
        }
        String path = matcher.group(1);
        return path != null && PATH.matcher(path).matches()
                ? new Found(new Reference(matcher.group(), List.of(path.split("\\."))))
                : new Broken(matcher.group());
    }

    private static void literal(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Literal(text));
        }
    }
}
