package io.dataprism.sandbox.scan;

import io.dataprism.sandbox.classfile.ModuleFacts;
import io.dataprism.sandbox.rules.JdkTypes;
import java.util.List;
import java.util.Optional;

/** Packages and modules that are not a plugin's to provide. */
final class Reserved {
    private static final List<String> OF_THE_NODE =
            List.of("io/dataprism/api/", "io/dataprism/kernel/", "io/dataprism/sandbox/");

    private Reserved() {}

    /** What is wrong with a class of that name, with slashes. */
    static Optional<String> problem(String type, JdkTypes jdk) {
        if (type.startsWith("java/") || jdk.owns(type)) {
            return Optional.of(
                    "it is in a package of the JDK, which never comes from a plugin: expected packages of the"
                            + " plugin's own. Leave the library out that brings it.");
        }
        return OF_THE_NODE.stream()
                .filter(type::startsWith)
                .findFirst()
                .map(taken -> "packages under "
                        + taken.substring(0, taken.length() - 1).replace('/', '.')
                        + " come from the node: expected that they are not in the plugin. Build with the plugin API as a"
                        + " dependency of scope 'provided'.");
    }

    /** What is wrong with a module. */
    static Optional<String> problem(ModuleFacts module, JdkTypes jdk) {
        if (module.name().startsWith("java.") || module.name().startsWith("jdk.")) {
            return Optional.of("its module is called '" + Findings.safe(module.name())
                    + "', as if it were the JDK's: expected a name of its own. Don't install this file.");
        }
        return module.opened().stream()
                .filter(jdk::hasPackage)
                .findFirst()
                .map(opened -> "its module opens or exports the JDK's package " + opened.replace('/', '.')
                        + ": expected packages of its own. Don't install this file.");
    }
}
