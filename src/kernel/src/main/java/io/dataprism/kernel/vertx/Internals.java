package io.dataprism.kernel.vertx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether this Vert.x has the internals that this package uses, found by looking for each of them rather than by its version. The list,
 * {@code vertx-internals.txt}, is held by a test against what the classes use. Each line names a class, a member and its descriptor; a
 * line that begins with {@code +} names a class of ours that must have nothing abstract left.
 */
final class Internals {
    private static final String LIST = "vertx-internals.txt";
    private static final String WHY_NOT = probe(LIST);
    private static final boolean WORK = WHY_NOT.isEmpty();

    private Internals() {}

    static boolean work() {
        return WORK;
    }

    /** What is missing; empty when nothing is. */
    static String whyNot() {
        return WHY_NOT;
    }

    private static String probe(String list) {
        try (InputStream in = Internals.class.getResourceAsStream(list)) {
            if (in == null) {
                return list + " is not in the kernel's jar";
            }
            List<String> lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
            return missing(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of {@code lines} that is not there; empty when all are. */
    static String missing(List<String> lines) {
        Map<Class<?>, List<Method>> methods = new HashMap<>();
        for (String line : lines) {
            try {
                if (!(line.startsWith("+") ? isWhole(line.substring(1)) : isThere(line.split(" ", 3), methods))) {
                    return line;
                }
            } catch (ReflectiveOperationException | LinkageError | TypeNotPresentException gone) {
                return line + " (" + gone + ")";
            }
        }
        return "";
    }

    private static boolean isWhole(String name) throws ReflectiveOperationException {
        return Arrays.stream(type(name).getMethods()).noneMatch(method -> Modifier.isAbstract(method.getModifiers()));
    }

    /** @param methods what was asked of classes before: each time the JVM copies all of them */
    private static boolean isThere(String[] member, Map<Class<?>, List<Method>> methods)
            throws ReflectiveOperationException {
        Class<?> owner = type(member[0]);
        String name = member[1];
        if (!member[2].startsWith("(")) {
            return Stream.of(owner.getFields(), owner.getDeclaredFields())
                    .flatMap(Arrays::stream)
                    .anyMatch(field -> field.getName().equals(name)
                            && field.getType().descriptorString().equals(member[2]));
        }
        MethodType wanted = MethodType.fromMethodDescriptorString(member[2], owner.getClassLoader());
        if (name.equals("<init>")) {
            Constructor<?> made = owner.getDeclaredConstructor(wanted.parameterArray());
            return !Modifier.isPrivate(made.getModifiers());
        }
        // Its own first: to ask for those that it inherits too makes a copy of all of them, of all its supertypes
        return isAmong(methods.computeIfAbsent(owner, Internals::declared), name, wanted)
                || isAmong(List.of(owner.getMethods()), name, wanted);
    }

    private static List<Method> declared(Class<?> owner) {
        return List.of(owner.getDeclaredMethods());
    }

    private static boolean isAmong(List<Method> methods, String name, MethodType wanted) {
        return methods.stream().anyMatch(method -> method.getName().equals(name) && isOf(wanted, method));
    }

    private static boolean isOf(MethodType wanted, Method method) {
        return method.getReturnType() == wanted.returnType()
                && method.getParameterCount() == wanted.parameterCount()
                && Arrays.equals(method.getParameterTypes(), wanted.parameterArray());
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, false, Internals.class.getClassLoader());
    }
}
