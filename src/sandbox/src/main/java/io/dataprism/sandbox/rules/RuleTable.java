package io.dataprism.sandbox.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules, as the table's file has them. Immutable. */
public final class RuleTable {
    private final Map<String, String> permissions;
    private final Map<String, String> open;
    private final List<Rule> rules;
    private final Map<String, Map<String, Rule>> byType = new HashMap<>();
    private final Map<Integer, Rule> byLine = new HashMap<>();

    RuleTable(Map<String, String> permissions, Map<String, String> open, Collection<Rule> rules) {
        this.permissions = new LinkedHashMap<>(permissions);
        this.open = Map.copyOf(open);
        this.rules = List.copyOf(rules);
        for (Rule rule : this.rules) {
            byType.computeIfAbsent(rule.type(), type -> new HashMap<>()).put(rule.key(), rule);
            byLine.put(rule.line(), rule);
        }
    }

    /** The table that the node goes by. */
    public static RuleTable standard() {
        return Standard.TABLE;
    }

    /** Read when it is first needed. */
    private static final class Standard {
        static final RuleTable TABLE = read("rules.txt");

        private static RuleTable read(String resource) {
            try (InputStream stream = RuleTable.class.getResourceAsStream(resource)) {
                byte[] bytes = Objects.requireNonNull(stream, resource).readAllBytes();
                return RuleReader.read(resource, new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** All, in the file's order. */
    public List<Rule> rules() {
        return rules;
    }

    /**
     * The one that stands in that line of the table.
     *
     * @throws IllegalArgumentException where none does
     */
    public Rule rule(int line) {
        Rule rule = byLine.get(line);
        if (rule == null) {
            throw new IllegalArgumentException("Line " + line + " of the rule table is no rule.");
        }
        return rule;
    }

    /** The permissions that rules may take, with what each lets a plugin do. */
    public Map<String, String> permissions() {
        return Map.copyOf(permissions);
    }

    /** Whether everybody may do what takes that permission with that scope. */
    public boolean isOpen(String permission, String scope) {
        return open.containsKey(permission + ":" + scope);
    }

    /** What everybody may do, as {@code permission:scope}, each with the reason. */
    public Map<String, String> open() {
        return open;
    }

    /** The names of all methods that a rule names; constructors are left out, which nobody inherits. */
    public Set<String> methodNames() {
        return rules.stream()
                .map(Rule::member)
                .filter(name -> !name.startsWith("<") && !name.equals(Rule.ANY))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a permission lets a plugin do, in words; empty for one that the table doesn't know. */
    public String meaning(String permission) {
        return permissions.getOrDefault(permission, "");
    }

    /**
     * The rule for a method that {@code type} itself declares: one that names the parameters, one that names the method, one for the type.
     *
     * @param type with dots
     */
    Optional<Rule> ofMethod(String type, String name, String parameters) {
        Map<String, Rule> named = byType.get(type);
        if (named == null) {
            return Optional.empty();
        }
        @Nullable Rule rule = named.get(Rule.key(name, Optional.of(parameters)));
        if (rule == null) {
            rule = named.get(name);
        }
        return Optional.ofNullable(rule == null ? named.get(Rule.ANY) : rule);
    }

    /**
     * The names of the methods that the rules for one type are about, {@link Rule#ANY} among them where one is about all.
     *
     * @param type with dots
     */
    public Set<String> namesOf(String type) {
        Map<String, Rule> named = byType.get(type);
        Set<String> names = named == null
                ? Set.of()
                : named.values().stream().map(Rule::member).collect(Collectors.toSet());
        return ofPackage(type).isPresent() ? with(names, Rule.ANY) : names;
    }

    /**
     * The names of the methods that rules with such an outcome are about, of those for one type; {@link Rule#ANY} among them where one is about all.
     *
     * @param type with dots
     */
    public Set<String> namesOf(String type, Predicate<Outcome> outcome) {
        Map<String, Rule> named = byType.getOrDefault(type, Map.of());
        return Stream.concat(named.values().stream(), ofPackage(type).stream())
                .filter(rule -> outcome.test(rule.outcome()))
                .map(Rule::member)
                .collect(Collectors.toSet());
    }

    private static Set<String> with(Set<String> names, String more) {
        Set<String> all = new HashSet<>(names);
        all.add(more);
        return all;
    }

    /** Whether there are rules for that type, or for its package. */
    public boolean names(String type) {
        return byType.containsKey(type) || ofPackage(type).isPresent();
    }

    /** The rule for types that extend or implement {@code type}. */
    Optional<Rule> ofSubtypes(String type) {
        Map<String, Rule> named = byType.get(type);
        return named == null ? Optional.empty() : Optional.ofNullable(named.get(Rule.EXTENDS));
    }

    /** The rule for all of a type: its own, or the nearest package's. */
    public Optional<Rule> ofType(String type) {
        Map<String, Rule> named = byType.get(type);
        Rule own = named == null ? null : named.get(Rule.ANY);
        return own == null ? ofPackage(type) : Optional.of(own);
    }

    /** The nearest rule for the package of {@code type}. */
    Optional<Rule> ofPackage(String type) {
        int dot = type.lastIndexOf('.');
        String kind = ".*";
        while (dot > 0) {
            String name = type.substring(0, dot);
            Map<String, Rule> direct = kind.equals(".*") ? byType.get(name + kind) : null;
            Map<String, Rule> named = direct == null ? byType.get(name + ".**") : direct;
            if (named != null) {
                return Optional.ofNullable(named.get(Rule.ANY));
            }
            kind = ".**";
            dot = name.lastIndexOf('.');
        }
        return Optional.empty();
    }
}
