package io.dataprism.sandbox;

import io.dataprism.sandbox.rules.ResourceLines;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The types of the host that plugins see: the allow-list in {@code visible-types.txt}. Immutable. */
final class VisibleTypes {
    static final VisibleTypes STANDARD = read("visible-types.txt");

    /** Packages that a plugin's own jars never provide: what of them is not on the list stays hidden. */
    private static final Set<String> RESERVED = Set.of(
            "io.dataprism.agent",
            "io.dataprism.api",
            "io.dataprism.kernel",
            "io.dataprism.sandbox",
            "io.vertx.core",
            "org.jspecify.annotations");

    private final Set<String> types = new TreeSet<>();
    private final Set<String> packages = new TreeSet<>();

    private VisibleTypes() {}

    private static VisibleTypes read(String resource) {
        VisibleTypes visible = new VisibleTypes();
        ResourceLines.of(VisibleTypes.class, resource).forEach(visible::add);
        return visible;
    }

    private void add(String line) {
        if (line.endsWith(".*")) {
            packages.add(line.substring(0, line.length() - 2));
        } else {
            types.add(line);
        }
    }

    /** The types that are named one by one. */
    Set<String> types() {
        return Set.copyOf(types);
    }

    boolean contains(String className) {
        String outermost = outermost(className);
        return types.contains(outermost) || packages.contains(packageOf(className));
    }

    /** Why a plugin's own jars may not provide {@code className}, if so. */
    Optional<String> reservedFor(String className) {
        for (String reserved : RESERVED) {
            if (className.startsWith(reserved + ".")) {
                return Optional.of(reason(reserved));
            }
        }
        return Optional.empty();
    }

    private static String reason(String reserved) {
        return switch (reserved) {
            case "io.vertx.core" ->
                "of Vert.x a plugin sees only values and futures (Future, Promise, Buffer, JsonObject, …)."
                        + " Use the PluginContext's facades instead";
            case "io.dataprism.agent", "io.dataprism.kernel", "io.dataprism.sandbox" ->
                "it belongs to the kernel. Use the PluginContext instead";
            default ->
                "the plugin API of this kernel has no such type. Build against the API version named in plugin.yaml";
        };
    }

    static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }

    private static String outermost(String className) {
        int nested = className.indexOf('$', className.lastIndexOf('.') + 2);
        return nested < 0 ? className : className.substring(0, nested);
    }
}
