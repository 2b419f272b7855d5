package io.dataprism.agent;

import io.dataprism.sandbox.rules.Demand;
import io.dataprism.sandbox.rules.Outcome;
import io.dataprism.sandbox.rules.Rule;
import java.lang.StackWalker.StackFrame;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The methods of the JDK that ask before they do anything. Safe to use from any thread. */
final class CheckedMethods {
    /** By class and name first, which tells most of those apart that are none. */
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    private final Map<String, Rule> rules = new ConcurrentHashMap<>();

    /** @param className with dots */
    void add(String className, String nameAndDescriptor, Rule rule) {
        rules.put(className + "." + nameAndDescriptor, rule);
        named.add(className + "." + nameAndDescriptor.substring(0, nameAndDescriptor.indexOf('(')));
    }

    /** Whether a method has asked for the same permission as {@code inner} does, if for another scope. */
    boolean askedFor(Rule inner, StackFrame frame) {
        String name = frame.getClassName() + "." + frame.getMethodName();
        Rule asked = named.contains(name) ? rules.get(name + frame.getDescriptor()) : null;
        return asked != null && asked.outcome() instanceof Outcome.Demands demands && covers(demands, inner);
    }

    private static boolean covers(Outcome.Demands asked, Rule inner) {
        if (!(inner.outcome() instanceof Outcome.Demands wanted)) {
            return false;
        }
        for (Demand demand : wanted.all()) {
            if (!has(asked, demand.permission())) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(Outcome.Demands asked, String permission) {
        for (Demand demand : asked.all()) {
            if (demand.permission().equals(permission)) {
                return true;
            }
        }
        return false;
    }
}
