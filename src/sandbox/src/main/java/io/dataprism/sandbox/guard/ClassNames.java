package io.dataprism.sandbox.guard;

import java.util.HashMap;
import java.util.Map;

/**
 * The names of classes that everybody may ask for. Those of the JDK's public types: what is done with such a class is
 * asked for when it is done. And all that are not the JDK's: a plugin's loader finds nothing under them but what the plugin may use.
 */
final class ClassNames {
    /** The JDK's packages, and whether their types are for everybody. */
    private static final Map<String, Boolean> PACKAGES = packages();

    private ClassNames() {}

    private static Map<String, Boolean> packages() {
        Map<String, Boolean> all = new HashMap<>();
        for (Module module : ModuleLayer.boot().modules()) {
            if (module.getName().startsWith("java.") || module.getName().startsWith("jdk.")) {
                module.getPackages().forEach(name -> all.put(name, module.isExported(name)));
            }
        }
        return all;
    }

    /** Whether that is one; not of arrays. */
    static boolean areFree(String name) {
        if (name.isEmpty() || name.indexOf('[') >= 0 || name.indexOf('/') >= 0 || name.equals(Unnamed.HOOK)) {
            return false;
        }
        Boolean exported = PACKAGES.get(packageOf(name));
        return exported == null || exported;
    }

    /** Whether the JDK has the package. The JVM's own loader has more than the JDK where other agents put classes of theirs there. */
    static boolean areOfTheJdk(String name) {
        return PACKAGES.containsKey(packageOf(name));
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
