package io.dataprism.sandbox.rules;

import io.dataprism.sandbox.classfile.ClassFile;
import io.dataprism.sandbox.classfile.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What must be known of a type to tell which one's method a call means.
 *
 * @param supertypes its superclass first, then its interfaces, with slashes
 * @param methods those that it declares, name and descriptor in one
 */
public record TypeFacts(List<String> supertypes, Set<String> methods) {
    public TypeFacts {
        supertypes = List.copyOf(supertypes);
        methods = Set.copyOf(methods);
    }

    /** Those of a class file. */
    public static TypeFacts of(ClassFile file) {
        return of(file, name -> true);
    }

    /** Those of a class file, of its methods only those whose names are among {@code names}. */
    public static TypeFacts of(ClassFile file, Set<String> names) {
        return of(file, names::contains);
    }

    private static TypeFacts of(ClassFile file, Predicate<String> names) {
        List<String> supertypes = new ArrayList<>();
        file.superclass().ifPresent(supertypes::add);
        supertypes.addAll(file.interfaces());
        Set<String> methods = new HashSet<>();
        for (Method method : file.methods()) {
            if (names.test(method.name())) {
                methods.add(method.name() + method.descriptor());
            }
        }
        return new TypeFacts(supertypes, methods);
    }

    boolean declares(String name, String descriptor) {
        return methods.contains(name + descriptor);
    }

    /** Where the types of one kind are looked up. */
    @FunctionalInterface
    public interface Source {
        /** Those of the type {@code name}, with slashes; empty where it is not known. */
        Optional<TypeFacts> of(String name);
    }
}
