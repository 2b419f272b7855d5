package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.classfile.ClassFile;
import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.rules.TypeFacts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The guarded methods that a class has from the JDK and lends to an interface: a class that extends {@code File} has a {@code delete()}, and implements
 * any interface that asks for one. A call through that interface names no method of the JDK, so the class itself must check.
 */
final class LentMethods {
    private static final int MOST_TYPES = 200;
    /** What class files name as the superclass of an interface. */
    private static final String OBJECT = "java/lang/Object";

    private final ClassFile file;
    private final TypeFacts.Source types;
    private final Predicate<MemberReference> guarded;

    /** @param types all that the class is linked with */
    LentMethods(ClassFile file, TypeFacts.Source types, Predicate<MemberReference> guarded) {
        this.file = file;
        this.types = types;
        this.guarded = guarded;
    }

    /** As methods of the superclass. */
    Set<MemberReference> find() {
        Optional<String> above = file.superclass().filter(type -> !type.equals(OBJECT));
        if (above.isEmpty() || file.interfaces().isEmpty()) {
            return Set.of();
        }
        Set<MemberReference> found = new HashSet<>();
        for (String method : wanted()) {
            int end = method.indexOf('(');
            MemberReference inherited =
                    new MemberReference(above.get(), method.substring(0, end), method.substring(end));
            if (guarded.test(inherited)) {
                found.add(inherited);
            }
        }
        return found;
    }

    /** What the class's interfaces have, and it does not declare itself. */
    private Set<String> wanted() {
        Set<String> methods = new HashSet<>();
        Set<String> seen = new HashSet<>(Set.of(OBJECT));
        Deque<String> open = new ArrayDeque<>(file.interfaces());
        while (!open.isEmpty() && seen.size() < MOST_TYPES) {
            String type = open.poll();
            Optional<TypeFacts> facts = seen.add(type) ? types.of(type) : Optional.empty();
            facts.ifPresent(known -> {
                methods.addAll(known.methods());
                open.addAll(known.supertypes());
            });
        }
        file.methods().forEach(own -> methods.remove(own.name() + own.descriptor()));
        methods.removeIf(method -> method.startsWith("<"));
        return methods;
    }
}
