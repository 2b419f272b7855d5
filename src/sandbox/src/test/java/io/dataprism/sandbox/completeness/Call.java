package io.dataprism.sandbox.completeness;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;

/**
 * A call, or a method that is made a lambda of.
 *
 * @param owner the type that the method is looked for in, with slashes
 * @param virtual whether the object decides which method it is
 */
record Call(String owner, String name, String descriptor, boolean virtual) {

    static Call of(int opcode, String owner, String name, String descriptor) {
        return new Call(owner, name, descriptor, opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE);
    }

    static Call of(Handle handle) {
        boolean virtual = handle.getTag() == Opcodes.H_INVOKEVIRTUAL || handle.getTag() == Opcodes.H_INVOKEINTERFACE;
        return new Call(handle.getOwner(), handle.getName(), handle.getDesc(), virtual);
    }

    /** Whether a handle leads to a method, and not to a field. */
    static boolean isMethod(Object constant) {
        return constant instanceof Handle handle && handle.getTag() > Opcodes.H_PUTSTATIC;
    }
}
