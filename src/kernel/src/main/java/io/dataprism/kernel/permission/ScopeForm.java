package io.dataprism.kernel.permission;

import java.io.File;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a scope must look like, a form for each kind of permission. */
final class ScopeForm {
    private static final int LONGEST = 1024;
    private static final int MOST_ANY_DEPTHS = 8;
    private static final String WORD = "(?:\\*|[A-Za-z0-9_-]+)";
    private static final Pattern TOPIC = Pattern.compile("(?:" + WORD + "\\.)*(?:" + WORD + "|\\*\\*)");
    private static final String CLASS_WORD = "(?:\\*|[A-Za-z0-9_$]+)";
    private static final Pattern CLASS = Pattern.compile("(?:" + CLASS_WORD + "\\.)*(?:" + CLASS_WORD + "|\\*\\*)");
    private static final String ROUTE_WORD = "(?:\\*|[A-Za-z0-9._~{}%-]+)";
    private static final Pattern ROUTE = Pattern.compile("(?:" + ROUTE_WORD + "/)*(?:" + ROUTE_WORD + "|\\*\\*)");
    private static final Pattern GLOB_WORD = Pattern.compile("\\*|[a-z0-9-]+\\*?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.()*-]+");
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
                of(
                        TOPIC,
                        scope,
                        "expected words joined by dots, '*' for one word, '**' at the end for the rest, such as 'weather.*'.");
            case CLASS ->
                of(
                        CLASS,
                        scope,
                        "expected a class or a pattern: words joined by dots, '*' for one word, '**' at the end for the rest,"
                                + " such as 'com.example.**'.");
            case ROUTE ->
                of(
                        ROUTE,
                        scope,
                        "expected a path below the plugin's own: words joined by slashes, '*' for one word, '**' at the end for the"
                                + " rest, such as 'reports/*'.");
            case CALL -> call(scope);
            case ORIGIN ->
                of(
                        ORIGIN,
                        scope,
                        "expected <scheme>://<host>:<port>, such as 'https://api.example.com:443' or"
                                + " 'https://*.example.com:443'.");
            case FILE ->
                accessed(scope, ScopeForm::path, "expected read:<path> or write:<path>, such as 'read:data/**'.");
            case PATH -> path(scope);
            case NAME -> of(NAME, scope, "expected a variable's name, '*' for any part of it, such as 'APP_*'.");
            case PROPERTY ->
                accessed(scope, ScopeForm::property, "expected read:<name> or write:<name>, such as 'read:user.*'.");
            case ACCESS ->
                scope.equals("read") || scope.equals("write")
                        ? Optional.empty()
                        : Optional.of("expected 'read' or 'write', or no scope for both.");
        };
    }

    private static Optional<String> of(Pattern form, String scope, String expected) {
        return form.matcher(scope).matches() ? Optional.empty() : Optional.of(expected);
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

    /** {@code read} or {@code write}, and after a colon on what. */
    private static Optional<String> accessed(
            String scope, Function<String, Optional<String>> problem, String expected) {
        if (scope.equals("read") || scope.equals("write")) {
            return Optional.empty();
        }
        int colon = scope.indexOf(':');
        if (colon < 0 || !Set.of("read", "write", "*").contains(scope.substring(0, colon))) {
            return Optional.of(expected);
        }
        return scope.endsWith(":")
                ? Optional.of("nothing stands after '" + scope + "'.")
                : problem.apply(scope.substring(colon + 1));
    }

    private static Optional<String> property(String name) {
        return of(NAME, name, "expected a property's name, '*' for any part of it, such as 'read:user.*'.");
    }

    /** One thing has one path, so that no other spelling of it slips past what forbids it. */
    private static Optional<String> path(String path) {
        List<String> parts = List.of(path.split("/", -1));
        if (parts.contains("..") || parts.contains(".")) {
            return Optional.of(
                    "its path holds '" + (parts.contains("..") ? ".." : ".") + "'. Write the path that is meant.");
        }
        if (!path.equals("/") && parts.lastIndexOf("") > firstOf(path)) {
            return Optional.of("a part of its path is empty. Write it with single slashes, and none at the end.");
        }
        int anyDepths = Collections.frequency(parts, "**");
        return anyDepths <= MOST_ANY_DEPTHS
                ? Optional.empty()
                : Optional.of("its path holds '**' " + anyDepths + " times; " + MOST_ANY_DEPTHS
                        + " are the most. Name the folders between, or write one '**' for them.");
    }

    /** Up to which part an absolute path may have empty ones: in Windows, two stand before a server's name. */
    private static int firstOf(String path) {
        return File.separatorChar == '\\' && path.startsWith("//") ? 1 : 0;
    }
}
