package io.dataprism.sandbox.completeness;

import io.dataprism.sandbox.rules.ResourceLines;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The methods of the JDK that asked its security manager, by what they asked. Java 17 is the last release of which that can be read off the code;
 * what was found there is kept as a list, and other releases are held against it.
 */
final class Sinks {
    static final String LIST = "asked-in-17.txt";
    private static final int LAST_THAT_ASKS = 17;
    /** What finds a class by its name, makes an object of it, or calls a method that was found. */
    private static final Set<String> BY_NAME = Set.of(
            "java.lang.Class.forName",
            "java.lang.Class.newInstance",
            "java.lang.ClassLoader.loadClass",
            "java.lang.reflect.Constructor.newInstance",
            "java.lang.reflect.Method.invoke");

    private Sinks() {}

    /** Those of the JDK that runs: what asks, or asked in 17, and what native code does. */
    static Map<Checks, Set<CodeMethod>> of(CodeBase base, Rulings natives, int release) {
        Map<Checks, Set<CodeMethod>> found = release == LAST_THAT_ASKS ? inCode(base) : ofList(base);
        base.methods()
                .filter(CodeMethod::isNative)
                .forEach(method -> natives.about(method.toString())
                        .filter(said -> !said.verdict.equals("none"))
                        .ifPresent(said -> add(found, Checks.valueOf(said.verdict), method)));
        return found;
    }

    /** Those that find code by its name. */
    static Set<CodeMethod> byName(CodeBase base) {
        return base.methods()
                .filter(method -> BY_NAME.contains(method.owner + "." + method.name))
                .collect(Collectors.toSet());
    }

    /** Those in the code of a JDK that has a security manager. */
    static Map<Checks, Set<CodeMethod>> inCode(CodeBase base) {
        Map<Checks, Set<CodeMethod>> found = new EnumMap<>(Checks.class);
        base.methods()
                .forEach(method -> method.calls.forEach(
                        call -> Checks.asked(call, method).ifPresent(checks -> add(found, checks, method))));
        return found;
    }

    private static void add(Map<Checks, Set<CodeMethod>> found, Checks checks, CodeMethod method) {
        found.computeIfAbsent(checks, each -> new LinkedHashSet<>()).add(method);
    }

    /** Those of the list that this JDK has, too. */
    static Map<Checks, Set<CodeMethod>> ofList(CodeBase base) {
        Map<String, CodeMethod> byName = new HashMap<>();
        base.methods().forEach(method -> byName.put(method.toString(), method));
        Map<Checks, Set<CodeMethod>> found = new EnumMap<>(Checks.class);
        for (String line : ResourceLines.of(Sinks.class, LIST)) {
            CodeMethod method = byName.get(line.substring(line.indexOf(' ') + 1));
            if (method != null) {
                add(found, Checks.valueOf(line.substring(0, line.indexOf(' '))), method);
            }
        }
        return found;
    }

    /** As the list has them. */
    static Set<String> lines(Map<Checks, Set<CodeMethod>> sinks) {
        Set<String> lines = new TreeSet<>();
        sinks.forEach((checks, methods) -> methods.forEach(method -> lines.add(checks + " " + method)));
        return lines;
    }
}
