package io.dataprism.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The base of every failure that the kernel or a plugin reports. The message says, in this order: which plugin, what failed, what
 * was found and what expected, what to do. The code is stable and listed in the documentation.
 */
public class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int EXCERPT = 80;

    private final String code;

    public PluginException(String code, String message) {
        this(code, message, null);
    }

    public PluginException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** The stable code, for example {@code DP-0101}. */
    public final String code() {
        return code;
    }

    /** At most 80 characters of {@code text}, control characters replaced, for showing foreign text in a message. */
    public static String excerpt(String text) {
        String head = text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
        StringBuilder safe = new StringBuilder(head.length());
        for (int i = 0; i < head.length(); i++) {
            char c = head.charAt(i);
            safe.append(Character.isISOControl(c) ? '\uFFFD' : c);
        }
        return safe.toString();
    }
}
