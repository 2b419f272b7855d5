package io.dataprism.sandbox.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When a call takes none of the permissions that its rule names.
 *
 * @param numbers the arguments that tell, {@link Demand#RECEIVER} being the object that it is called on
 */
public record Exemption(Kind kind, List<Integer> numbers) {
    private static final Pattern FORM =
            Pattern.compile("unless (own|plain|reachable|free|agent)((?: \\{(?:this|\\d)})*): +(.*)");

    /** What must be so. */
    public enum Kind {
        /** The arguments are classes, or lead to classes, that the plugin brought itself: it reaches nothing but its own code. */
        OWN,
        /**
         * What is reached is the plugin's own, or public, of the JDK's public types, and no rule is about it: the plugin's code may use it by its name
         * anyway. Told by a member, or by a class and the member's name, without which its constructors are meant.
         */
        PLAIN,
        /** The arguments are not, and do not lead to, what is the node's or another plugin's. */
        REACHABLE,
        /** The first argument is the name of a class that everybody may name, and the others lead to nobody else's. */
        FREE,
        /** The JDK's own methods check, and what the call opens is asked for when it is opened. */
        AGENT
    }

    public Exemption {
        numbers = List.copyOf(numbers);
    }

    /** What stands behind {@code unless …:}, and what that says; empty where a text does not begin so. */
    static Optional<Matcher> match(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    static Exemption of(Matcher matched) {
        List<Integer> numbers = Arrays.stream(matched.group(2).strip().split(" "))
                .filter(word -> !word.isEmpty())
                .map(Demand::number)
                .toList();
        return new Exemption(Kind.valueOf(matched.group(1).toUpperCase(Locale.ROOT)), numbers);
    }

    /** Whether it can be told: of {@link Kind#AGENT} by no argument, of the others by one at least. */
    boolean isWhole() {
        return (kind == Kind.AGENT) == numbers.isEmpty();
    }

    @Override
    public String toString() {
        return "unless " + kind.name().toLowerCase(Locale.ROOT)
                + numbers.stream()
                        .map(number -> number == Demand.RECEIVER ? " {this}" : " {" + number + "}")
                        .collect(Collectors.joining());
    }
}
