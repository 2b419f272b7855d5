package io.dataprism.sandbox.rules;

import java.util.Optional;

/**
 * A line of the table.
 *
 * @param type the type that declares the method, its name with dots; or a package's types, {@code java.awt.*}, or those below it too, {@code
 *     java.awt.**}
 * @param member the method's name, {@code <init>}, {@code *} for each that no other rule names, or {@link #EXTENDS}
 * @param parameters the types of the parameters without their packages, such as {@code String,Path[]}; empty where all methods of that name are meant
 * @param releases the Java releases that have it
 * @param line in the table
 */
public record Rule(
        String type, String member, Optional<String> parameters, Outcome outcome, Releases releases, int line) {
    /** Stands for a class that extends or implements the type. */
    public static final String EXTENDS = "<extends>";
    /** Stands for every method. */
    public static final String ANY = "*";

    /** Whether it is about a package's types. */
    public boolean ofPackage() {
        return type.endsWith(".*") || type.endsWith(".**");
    }

    /** Whether a plugin's call is checked. */
    public boolean tells() {
        return outcome instanceof Outcome.Demands
                || outcome instanceof Outcome.Invisible
                || outcome instanceof Outcome.Reaches;
    }

    /** Whether its target is read from an argument: that number, or -1 for the object that the method is called on. */
    public boolean looksAt(int number) {
        if (outcome instanceof Outcome.Reaches reaches) {
            return reaches.numbers().contains(number);
        }
        return outcome instanceof Outcome.Demands demands
                && (demands.all().stream().anyMatch(demand -> demand.looksAt(number))
                        || demands.unless()
                                .filter(exemption -> exemption.numbers().contains(number))
                                .isPresent());
    }

    /** The rule's key among those of its type. */
    String key() {
        return key(member, parameters);
    }

    static String key(String member, Optional<String> parameters) {
        return parameters.map(types -> member + "(" + types + ")").orElse(member);
    }

    @Override
    public String toString() {
        return type + " " + key() + "  " + outcome;
    }
}
