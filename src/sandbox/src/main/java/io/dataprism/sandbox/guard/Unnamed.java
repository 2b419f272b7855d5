package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.classfile.ConstantPool;
import io.dataprism.sandbox.classfile.DamagedClassException;
import java.util.Set;

/**
 * Types that the sandbox puts where plugins' classes see them, for what it writes itself into classes: no code has a reason to name them, and what names
 * them wants the sandbox to believe it.
 */
final class Unnamed {
    /** What the JDK's methods call where there is an agent, among the JDK's public types. */
    static final String HOOK = "java.lang.DataPrismHook";

    /** With slashes. */
    private static final Set<String> TYPES = Set.of(HOOK.replace('.', '/'), SiteChecks.CALL_SITES);

    private Unnamed() {}

    /** @throws IllegalArgumentException where a class, as it was brought, names one */
    static void refuseIn(ConstantPool constants) throws DamagedClassException {
        for (int i = 1; i < constants.size(); i++) {
            if (constants.isClass(i) && TYPES.contains(element(constants.className(i)))) {
                throw new IllegalArgumentException(
                        "it names " + constants.className(i).replace('/', '.') + ", which is for the sandbox alone");
            }
        }
    }

    private static String element(String type) {
        int depth = type.lastIndexOf('[') + 1;
        return depth > 0 && type.startsWith("L", depth) ? type.substring(depth + 1, type.length() - 1) : type;
    }
}
