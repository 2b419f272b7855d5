package io.dataprism.kernel.text;

import org.jspecify.annotations.Nullable;

/** Makes foreign text fit for one line of a log or list: nothing in it begins a line of its own, moves a cursor or turns letters around. */
public final class OneLine {
    private OneLine() {}

    /** {@code text} with control characters and line separators replaced, cut to {@code most} characters. */
    public static String of(@Nullable String text, int most) {
        if (text == null) {
            return "";
        }
        String head = text.length() <= most ? text : text.substring(0, most) + "…";
        StringBuilder safe = null;
        for (int i = 0; i < head.length(); i++) {
            char c = head.charAt(i);
            if (breaks(c)) {
                if (safe == null) {
                    safe = new StringBuilder(head);
                }
                safe.setCharAt(i, '\uFFFD');
            }
        }
        return safe == null ? head : safe.toString();
    }

    private static boolean breaks(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.getType(c) == Character.FORMAT;
    }
}
