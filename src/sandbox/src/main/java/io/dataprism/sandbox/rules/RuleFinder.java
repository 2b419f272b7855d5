package io.dataprism.sandbox.rules;

import io.dataprism.sandbox.classfile.Descriptors;
import io.dataprism.sandbox.classfile.MemberReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which rule a call meets. A class file names the type that a method is looked for in, which is often a subtype of the one that has it:
 * rules are looked for from that type upwards, and a type's own method hides those above it. Remembers what it found. Not safe for several threads at a
 * time.
 */
public final class RuleFinder {
    /** What every object has; a rule for all methods of a type is not about them. */
    private static final Set<String> OF_EVERY_OBJECT = Set.of(
            "equals(Ljava/lang/Object;)Z",
            "hashCode()I",
            "toString()Ljava/lang/String;",
            "getClass()Ljava/lang/Class;",
            "notify()V",
            "notifyAll()V",
            "wait()V",
            "wait(J)V",
            "wait(JI)V");

    private static final int MOST_KEPT = 200_000;

    private final RuleTable table;
    private final TypeFacts.Source jdk;
    private final TypeFacts.Source own;
    private final Map<MemberReference, Optional<Rule>> methods = new HashMap<>();
    private final Map<String, Optional<Rule>> types = new HashMap<>();
    /** By type, what rules about it or its supertypes can be about: most calls are not of such a method, which is told without looking for it. */
    private final Map<String, Set<String>> names = new HashMap<>();

    /**
     * @param jdk the JDK's types
     * @param own the types of the code that is looked at; they come second
     */
    public RuleFinder(RuleTable table, TypeFacts.Source jdk, TypeFacts.Source own) {
        this.table = table;
        this.jdk = jdk;
        this.own = own;
    }

    /**
     * The rule that a call of {@code method} meets.
     *
     * @throws TooManyTypesException where its type has more supertypes than are looked at
     */
    public Optional<Rule> ofCall(MemberReference method) {
        if (!mayMeet(method.owner(), method.name())) {
            return Optional.empty();
        }
        Optional<Rule> known = methods.get(method);
        if (known == null) {
            known = search(method);
            if (methods.size() < MOST_KEPT) {
                methods.put(method, known);
            }
        }
        return known;
    }

    /** Whether a call of a method of that name may meet a rule: quicker than to find it, and never wrong where it says no. */
    private boolean mayMeet(String type, String name) {
        if (type.startsWith("[")) {
            return false;
        }
        Set<String> names = namesFor(type);
        return !names.isEmpty() && (names.contains(name) || names.contains(Rule.ANY));
    }

    /**
     * The names of the methods that the rules for a type and its supertypes are about, {@link Rule#ANY} among them where one is about all.
     *
     * @throws TooManyTypesException where it has more supertypes than are looked at
     */
    public Set<String> namesFor(String type) {
        Set<String> known = names.get(type);
        if (known == null) {
            known = gather(type);
            if (names.size() < MOST_KEPT) {
                names.put(type, known);
            }
        }
        return known;
    }

    private Set<String> gather(String type) {
        Set<String> all = new HashSet<>();
        Supertypes open = new Supertypes(type);
        for (String next = open.next(); next != null; next = open.next()) {
            Set<String> known = names.get(next);
            if (known == null) {
                all.addAll(table.namesOf(next.replace('/', '.')));
                facts(next).ifPresent(found -> open.add(found.supertypes()));
            } else {
                all.addAll(known);
            }
        }
        return Set.copyOf(all);
    }

    private Optional<TypeFacts> facts(String type) {
        return jdk.of(type).or(() -> own.of(type));
    }

    private Optional<Rule> search(MemberReference method) {
        String parameters = Descriptors.simple(method.descriptor());
        boolean ofEveryObject = OF_EVERY_OBJECT.contains(method.name() + method.descriptor());
        Supertypes open = new Supertypes(method.owner());
        for (String type = open.next(); type != null; type = open.next()) {
            String dotted = type.replace('/', '.');
            Optional<Rule> rule = table.ofMethod(dotted, method.name(), parameters)
                    .or(() -> table.ofPackage(dotted))
                    .filter(found -> !(ofEveryObject && found.member().equals(Rule.ANY)));
            if (rule.isPresent()) {
                return rule;
            }
            Optional<TypeFacts> facts = facts(type);
            if (facts.isPresent() && !hides(type, facts.get(), method)) {
                open.add(facts.get().supertypes());
            }
        }
        return Optional.empty();
    }

    /** Whether the search ends with that type: a constructor is nobody else's, and a plugin's own method may do anything, which is looked at by itself. */
    private boolean hides(String type, TypeFacts facts, MemberReference method) {
        return method.name().equals("<init>")
                || (facts.declares(method.name(), method.descriptor())
                        && jdk.of(type).isEmpty());
    }

    /** The rules for a class that extends or implements {@code supertypes}, or what they extend. */
    public List<Rule> ofSubtype(List<String> supertypes) {
        Set<Rule> found = new HashSet<>();
        Supertypes open = new Supertypes(supertypes);
        for (String type = open.next(); type != null; type = open.next()) {
            table.ofSubtypes(type.replace('/', '.')).ifPresent(found::add);
            // A class of the same code is looked at by itself.
            jdk.of(type).ifPresent(facts -> open.add(facts.supertypes()));
        }
        return found.stream()
                .sorted((one, other) -> Integer.compare(one.line(), other.line()))
                .toList();
    }

    /** The rule for a type that is only named, where no plugin may see it. */
    public Optional<Rule> hiding(String type) {
        return ofType(type).filter(rule -> rule.outcome() instanceof Outcome.Invisible);
    }

    /** The rule for all of a type. */
    public Optional<Rule> ofType(String type) {
        Optional<Rule> known = types.get(type);
        if (known == null) {
            known = table.ofType(type.replace('/', '.'));
            if (types.size() < MOST_KEPT) {
                types.put(type, known);
            }
        }
        return known;
    }
}
