package io.dataprism.sandbox.classfile;

import java.util.ArrayList;
import java.util.List;

/** Descriptors of methods. Those that are not well-formed are taken as far as they are. */
public final class Descriptors {
    private Descriptors() {}

    /** The descriptors of the parameters. */
    public static List<String> parameters(String descriptor) {
        List<String> all = new ArrayList<>();
        int at = 1;
        while (at < descriptor.length() && descriptor.charAt(at) != ')') {
            int from = at;
            while (at < descriptor.length() && descriptor.charAt(at) == '[') {
                at++;
            }
            int end = at < descriptor.length() && descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) : at;
            at = end < 0 ? descriptor.length() : end + 1;
            all.add(descriptor.substring(from, Math.min(at, descriptor.length())));
        }
        return all;
    }

    /** How many slots of the stack a value takes. */
    public static int slots(String parameter) {
        return parameter.equals("J") || parameter.equals("D") ? 2 : parameter.equals("V") ? 0 : 1;
    }

    /** The descriptor of what is returned. */
    public static String result(String descriptor) {
        return descriptor.substring(descriptor.lastIndexOf(')') + 1);
    }

    /** The parameters as a rule writes them: {@code String,Path[],int}, types without their packages. */
    public static String simple(String descriptor) {
        StringBuilder text = new StringBuilder();
        for (String parameter : parameters(descriptor)) {
            int dimensions = parameter.lastIndexOf('[') + 1;
            text.append(text.isEmpty() ? "" : ",")
                    .append(simpleType(parameter.substring(dimensions)))
                    .append("[]".repeat(dimensions));
        }
        return text.toString();
    }

    private static String simpleType(String type) {
        return switch (type) {
            case "Z" -> "boolean";
            case "B" -> "byte";
            case "C" -> "char";
            case "S" -> "short";
            case "I" -> "int";
            case "J" -> "long";
            case "F" -> "float";
            case "D" -> "double";
            default -> {
                int from = Math.max(type.lastIndexOf('/'), type.lastIndexOf('$')) + 1;
                yield type.substring(from == 0 && type.startsWith("L") ? 1 : from, Math.max(from, type.length() - 1));
            }
        };
    }
}
