package io.dataprism.fuzz;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionRule;
import java.nio.charset.StandardCharsets;

/** Permissions: a text is refused with its code, or read into one that is printed and read back the same, and covers itself. */
public final class Scopes {
    private static final String SEPARATOR = "\n";

    private Scopes() {}

    /** @param bytes one permission, or two in a line each */
    public static void fuzzerTestOneInput(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, 2);
        PermissionRule first = read(lines[0]);
        if (first == null || lines.length < 2) {
            return;
        }
        PermissionRule second = read(lines[1]);
        if (second != null) {
            compare(first.permission(), second.permission());
        }
    }

    @org.jspecify.annotations.Nullable
    private static PermissionRule read(String text) {
        PermissionRule rule;
        try {
            rule = PermissionRule.parse(text);
        } catch (PluginException refused) {
            return null;
        }
        String printed = rule.toString();
        if (!PermissionRule.parse(printed).equals(rule)) {
            throw new AssertionError("'" + text + "' is printed as '" + printed + "', which is another");
        }
        if (!rule.permission().covers(rule.permission())) {
            throw new AssertionError("'" + text + "' does not cover itself");
        }
        return rule;
    }

    private static void compare(Permission one, Permission other) {
        if (one.covers(other) && !one.overlaps(other)) {
            throw new AssertionError("'" + one + "' covers '" + other + "' and does not overlap it");
        }
        if (one.overlaps(other) != other.overlaps(one)) {
            throw new AssertionError("'" + one + "' and '" + other + "' overlap from one side alone");
        }
    }
}
