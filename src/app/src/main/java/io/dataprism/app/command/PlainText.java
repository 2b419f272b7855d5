package io.dataprism.app.command;

/** Text of others as a terminal may get it: no control codes, and nothing that turns the direction of writing. */
final class PlainText {
    private PlainText() {}

    /** {@code text} with such characters as {@code \}{@code uXXXX}, which in JSON means the same. */
    static String of(String text) {
        StringBuilder plain = null;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (isUnfit(letter) && plain == null) {
                plain = new StringBuilder(text.substring(0, i));
            }
            if (plain != null) {
                plain.append(isUnfit(letter) ? String.format("\\u%04x", (int) letter) : String.valueOf(letter));
            }
        }
        return plain == null ? text : plain.toString();
    }

    private static boolean isUnfit(char letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> !Character.isSurrogate(letter);
            default -> false;
        };
    }
}
