package io.dataprism.files.detect;

import java.util.Optional;

/** Looks for the first array of objects right inside a document. It passes over the text once, however long its values or deep its parts are. */
final class RowsFinder {
    private static final String BEHIND_NAME = ":[{";
    private static final int NO_NAME = -1;

    private final String text;
    private int at;
    private int depth;
    private int nameStart;
    private int nameEnd;
    /** How many signs of those that stand behind the name were met. */
    private int met = NO_NAME;

    RowsFinder(String text) {
        this.text = text;
    }

    /** The name of the array. */
    Optional<String> find() {
        while (at < text.length() && met < BEHIND_NAME.length()) {
            if (text.charAt(at) == '"') {
                quoted();
            } else {
                sign(text.charAt(at));
            }
            at++;
        }
        return met == BEHIND_NAME.length() ? Optional.of(text.substring(nameStart, nameEnd)) : Optional.empty();
    }

    private void quoted() {
        nameStart = ++at;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        nameEnd = Math.min(at, text.length());
        met = depth == 1 ? 0 : NO_NAME;
    }

    private void sign(char sign) {
        if (Character.isWhitespace(sign)) {
            return;
        }
        met = met != NO_NAME && BEHIND_NAME.charAt(met) == sign ? met + 1 : NO_NAME;
        switch (sign) {
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {}
        }
    }
}
