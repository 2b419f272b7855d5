package io.dataprism.kernel.permission;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a scope must look like, a form for each kind of permission. */
final class ScopeForm {
    private static final int LONGEST = 1024;
    private static final int MOST_ANY_DEPTHS = 8;
    private static final String WORD = "(?:\\*|[A-Za-z0-9_-]+)";
    private static final Pattern TOPIC = Pattern.compile("(?:" + WORD + "\\.)*(?:" + WORD + "|\\*\\*)");
    private static final Pattern GLOB_WORD = Pattern.compile("\\*|[a-z0-9-]+\\*?");
    private static final Pattern ORIGIN = Pattern.compile(
            "(?:\\*|[a-z][a-z0-9+.-]*)://(?:\\*|(?:\\*\\.)?[A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+])(?::(?:\\*|\\d{1,5}))?");

    private ScopeForm() {}

    static Optional<String> problem(PermissionName.Scope form, String text, String scope) {
        if (scope.length() > LONGEST) {
            return Optional.of("its scope has " + scope.length() + " characters; " + LONGEST + " are the most.");
        }
        if (scope.isEmpty()) {
            return text.endsWith(":")
                    ? Optional.of("nothing stands after the colon. Write a scope, or leave the colon out.")
                    : Optional.empty();
        }
        return switch (form) {
            case NONE -> Optional.of("it takes no scope. Write it without '" + ":" + scope + "'.");
            case TOPIC ->
                TOPIC.matcher(scope).matches()
                        ? Optional.empty()
                        : Optional.of(
                                "expected words joined by dots, '*' for one word, '**' at the end for the rest, such as 'weather.*'.");
            case CALL -> call(scope);
            case ORIGIN ->
                ORIGIN.matcher(scope).matches()
                        ? Optional.empty()
                        : Optional.of("expected <scheme>://<host>:<port>, such as 'https://api.example.com:443' or"
                                + " 'https://*.example.com:443'.");
            case FILE -> file(scope);
        };
    }

    private static Optional<String> call(String scope) {
        String[] parts = scope.split(":", -1);
        boolean valid = parts.length <= 2;
        for (String part : parts) {
            valid &= GLOB_WORD.matcher(part).matches();
        }
        return valid
                ? Optional.empty()
                : Optional.of("expected <plugin>:<capability>, such as 'tables:query' or 'tables:*'.");
    }

    private static Optional<String> file(String scope) {
        boolean access = scope.equals("read")
                || scope.equals("write")
                || scope.startsWith("read:")
                || scope.startsWith("write:")
                || scope.startsWith("*:");
        if (!access) {
            return Optional.of("expected read:<path> or write:<path>, such as 'read:data/**'.");
        }
        if (scope.endsWith(":")) {
            return Optional.of("its path is empty.");
        }
        List<String> parts = List.of(scope.substring(scope.indexOf(':') + 1).split("/", -1));
        if (parts.contains("..")) {
            return Optional.of("its path holds '..'. Write the path that is meant.");
        }
        int anyDepths = Collections.frequency(parts, "**");
        return anyDepths <= MOST_ANY_DEPTHS
                ? Optional.empty()
                : Optional.of("its path holds '**' " + anyDepths + " times; " + MOST_ANY_DEPTHS
                        + " are the most. Name the folders between, or write one '**' for them.");
    }
}
