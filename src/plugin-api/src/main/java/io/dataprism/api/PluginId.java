package io.dataprism.api;

import java.util.regex.Pattern;

/**
 * A plugin's id: lower-case letters, digits and single hyphens, starting with a letter, at most 64 characters. It
 * holds no dot and no colon, so that it can stand in a topic ({@code plugin.<id>.<state>}) and in an address
 * ({@code plugin:<id>:<capability>}).
 */
public record PluginId(String value) implements Comparable<PluginId> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST = 64;

    public PluginId {
        if (!isValid(value)) {
            throw new PluginException(
                    "DP-0101",
                    "Plugin id '" + PluginException.excerpt(value)
                            + "' is not valid: expected lower-case letters, digits and single hyphens, starting with a"
                            + " letter, at most " + LONGEST + " characters. Choose an id such as 'weather-import'.");
        }
    }

    /** Whether {@code text} would be accepted. */
    public static boolean isValid(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(PluginId other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PluginId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
