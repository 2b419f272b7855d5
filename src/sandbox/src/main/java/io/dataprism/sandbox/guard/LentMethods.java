package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.classfile.ClassFile;
import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.rules.Rule;
import io.dataprism.sandbox.rules.RuleFinder;
import io.dataprism.sandbox.rules.Supertypes;
import io.dataprism.sandbox.rules.TypeFacts;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The guarded methods that a class has from the JDK and lends to an interface: a class that extends {@code File} has a {@code delete()}, and implements
 * any interface that asks for one. A call through that interface names no method of the JDK, so the class itself must check.
 */
final class LentMethods {
    /** What class files name as the superclass of an interface. */
    private static final String OBJECT = "java/lang/Object";

    private final ClassFile file;
    private final TypeFacts.Source types;
    private final Function<String, Set<String>> names;
    private final Predicate<MemberReference> guarded;

    /**
     * @param types all that the class is linked with
     * @param names of a type, those of the methods that {@code guarded} can hold for, see {@link RuleFinder#namesFor}
     */
    LentMethods(
            ClassFile file,
            TypeFacts.Source types,
            Function<String, Set<String>> names,
            Predicate<MemberReference> guarded) {
        this.file = file;
        this.types = types;
        this.names = names;
        this.guarded = guarded;
    }

    /** As methods of the superclass. */
    Set<MemberReference> find() {
        Optional<String> above = file.superclass().filter(type -> !type.equals(OBJECT));
        if (above.isEmpty() || file.interfaces().isEmpty()) {
            return Set.of();
        }
        Set<String> telling = new HashSet<>(names.apply(above.get()));
        telling.removeAll(names.apply(OBJECT));
        if (telling.isEmpty()) {
            return Set.of();
        }
        Set<MemberReference> found = new HashSet<>();
        for (String method : wanted()) {
            int end = method.indexOf('(');
            String name = method.substring(0, end);
            MemberReference inherited = new MemberReference(above.get(), name, method.substring(end));
            if ((telling.contains(name) || telling.contains(Rule.ANY)) && guarded.test(inherited)) {
                found.add(inherited);
            }
        }
        return found;
    }

    /** What the class's interfaces have, and it does not declare itself. */
    private Set<String> wanted() {
        Set<String> methods = new HashSet<>();
        Supertypes open = new Supertypes(file.interfaces());
        for (String type = open.next(); type != null; type = open.next()) {
            if (!type.equals(OBJECT)) {
                types.of(type).ifPresent(known -> {
                    methods.addAll(known.methods());
                    open.add(known.supertypes());
                });
            }
        }
        file.methods().forEach(own -> methods.remove(own.name() + own.descriptor()));
        methods.removeIf(method -> method.startsWith("<"));
        return methods;
    }
}
