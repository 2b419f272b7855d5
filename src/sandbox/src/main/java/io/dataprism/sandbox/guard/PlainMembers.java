package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.rules.Exemption;
import io.dataprism.sandbox.rules.Outcome;
import io.dataprism.sandbox.rules.Rule;
import io.dataprism.sandbox.rules.RuleTable;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Members that a plugin's code may use by their names, so that it may reach them by reflection as well: public ones of the JDK's public types that no rule
 * is about. Runs no plugin's code and loads no class.
 */
final class PlainMembers {
    private static final String CONSTRUCTOR = "<init>";

    /** Of these it matters who calls, and by reflection that may be the JDK; and of {@code System} the fields matter. */
    private static final Set<String> NEVER = Set.of(
            "java.lang.System",
            "java.lang.ClassLoader",
            Unnamed.HOOK,
            "java.lang.invoke.MethodHandles",
            "java.lang.invoke.MethodHandles$Lookup");

    private static final String REFLECTION = "java.lang.reflect";
    /** The one type there that only tells what it is. */
    private static final String TELLING = "java.lang.reflect.RecordComponent";

    /** The names of members that take something: of the type's, and of what it extends and implements of the JDK's. */
    private static final ClassValue<Set<String>> TAKING = new Ruled(outcome ->
            (outcome instanceof Outcome.Demands && !isAboutReach(outcome)) || outcome instanceof Outcome.Invisible);

    /** Those that may not be called of what is somebody else's. The agent asks that of whoever calls them, in whatever way. */
    private static final ClassValue<Set<String>> REACHING = new Ruled(PlainMembers::isAboutReach);

    private static boolean isAboutReach(Outcome outcome) {
        return outcome instanceof Outcome.Reaches
                || (outcome instanceof Outcome.Demands demands
                        && demands.unless()
                                .filter(exemption -> exemption.kind() == Exemption.Kind.REACHABLE)
                                .isPresent());
    }

    private static final class Ruled extends ClassValue<Set<String>> {
        private final Predicate<Outcome> outcome;

        Ruled(Predicate<Outcome> outcome) {
            this.outcome = outcome;
        }

        @Override
        protected Set<String> computeValue(Class<?> type) {
            Set<String> names = new HashSet<>();
            Set<Class<?>> seen = new HashSet<>();
            Deque<Class<?>> open = new ArrayDeque<>(Set.of(type));
            while (!open.isEmpty()) {
                Class<?> next = open.remove();
                if (seen.add(next)) {
                    if (isJdk(next)) {
                        names.addAll(RuleTable.standard().namesOf(next.getName(), outcome));
                    }
                    if (next.getSuperclass() != null) {
                        open.add(next.getSuperclass());
                    }
                    open.addAll(List.of(next.getInterfaces()));
                }
            }
            return Set.copyOf(names);
        }
    }

    private PlainMembers() {}

    private static boolean isJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /** Whether a field, method or constructor that was found is one, its class being the JDK's or not. */
    static boolean has(Member member, CallCheck.Whose whose) {
        Class<?> type = member.getDeclaringClass();
        if (whose.isOwn(type)) {
            return true;
        }
        return Modifier.isPublic(member.getModifiers()) && isPublic(type) && isUnruled(type, named(member));
    }

    /**
     * Whether what is to be looked for is one, by whoever may look.
     *
     * @param name the method's; null for a constructor
     */
    static boolean has(Class<?> type, @Nullable String name, CallCheck.Whose whose) {
        return (whose.isOwn(type) || isPublic(type)) && isUnruled(type, name == null ? CONSTRUCTOR : name);
    }

    private static String named(Member member) {
        return member instanceof java.lang.reflect.Constructor ? CONSTRUCTOR : member.getName();
    }

    /** Whether it is one of the JDK's that everybody may use. */
    private static boolean isPublic(Class<?> type) {
        // What other agents put on the boot class path has no named module.
        return isJdk(type)
                && type.getModule().isNamed()
                && Modifier.isPublic(type.getModifiers())
                && type.getModule().isExported(type.getPackageName())
                && !NEVER.contains(type.getName())
                && (!type.getPackageName().equals(REFLECTION) || type.getName().equals(TELLING));
    }

    private static boolean isUnruled(Class<?> type, String name) {
        return !names(TAKING.get(type), name) && (JdkChecks.areOn() || !names(REACHING.get(type), name));
    }

    private static boolean names(Set<String> names, String name) {
        return names.contains(name) || names.contains(Rule.ANY);
    }
}
