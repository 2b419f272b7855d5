package io.dataprism.sandbox.rules;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A permission that a call takes.
 *
 * @param permission its name, such as {@code file-access}
 * @param scope its scope, in which {@code {0}} stands for the call's first argument, {@code {this}} for the object that it is called on,
 *     {@code {tmp}} for the folder of temporary files; empty where the permission is taken without a scope
 */
public record Demand(String permission, String scope) {
    /** The number that stands for the object that a method is called on. */
    public static final int RECEIVER = -1;

    private static final int TEMPORARY = -2;
    /** Where the JDK makes temporary files. As the node started: a plugin may change the property. */
    private static final String TEMPORARY_FOLDER = System.getProperty("java.io.tmpdir");

    private static final Pattern PART = Pattern.compile("\\{(this|tmp|\\d)}");

    static Demand parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? new Demand(text, "") : new Demand(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The largest number of an argument that the scope is made of; {@link #RECEIVER} where it needs none. */
    int lastArgument() {
        Matcher matcher = PART.matcher(scope);
        int last = RECEIVER;
        while (matcher.find()) {
            last = Math.max(last, number(matcher));
        }
        return last;
    }

    /** Whether its scope is made of that argument, or of the object for {@link #RECEIVER}. */
    public boolean looksAt(int number) {
        return scope.contains(number == RECEIVER ? "{this}" : "{" + number + "}");
    }

    /** Whether the scope is not the same for each call. */
    public boolean isOpen() {
        return PART.matcher(scope).find();
    }

    /** What stands before the part that is not known, such as {@code read} of {@code read:{0}}. */
    public String known() {
        Matcher matcher = PART.matcher(scope);
        String head = matcher.find() ? scope.substring(0, matcher.start()) : scope;
        return head.endsWith(":") ? head.substring(0, head.length() - 1) : head.contains("://") ? "" : head;
    }

    /**
     * The scope of one call.
     *
     * @param values the text of an argument, or of the object for {@link #RECEIVER}, where it is known
     * @return empty where a part of it is not known
     */
    public Optional<String> fill(IntFunction<Optional<String>> values) {
        return fill(scope, values);
    }

    static Optional<String> fill(String template, IntFunction<Optional<String>> values) {
        Matcher matcher = PART.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            int number = number(matcher);
            Optional<String> value = number == TEMPORARY ? Optional.of(TEMPORARY_FOLDER) : values.apply(number);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(matcher.appendTail(filled).toString());
    }

    /** The number of the argument that {@code {0}} or {@code {this}} stands for. */
    static int number(String written) {
        return written.equals("{this}") ? RECEIVER : Integer.parseInt(written.substring(1, written.length() - 1));
    }

    private static int number(Matcher part) {
        return switch (part.group(1)) {
            case "this" -> RECEIVER;
            case "tmp" -> TEMPORARY;
            default -> Integer.parseInt(part.group(1));
        };
    }

    @Override
    public String toString() {
        return scope.isEmpty() ? permission : permission + ":" + scope;
    }
}
