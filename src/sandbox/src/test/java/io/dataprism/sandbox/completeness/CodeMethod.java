package io.dataprism.sandbox.completeness;

import io.dataprism.sandbox.classfile.Descriptors;
import io.dataprism.sandbox.classfile.MemberReference;
import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/** A method as its class file has it. */
final class CodeMethod {
    final CodeType owner;
    final String name;
    final String descriptor;
    /** What its code calls, each once. */
    final Set<Call> calls = new LinkedHashSet<>();

    private final int access;

    CodeMethod(CodeType owner, String name, String descriptor, int access) {
        this.owner = owner;
        this.name = name;
        this.descriptor = descriptor;
        this.access = access;
    }

    String signature() {
        return name + descriptor;
    }

    boolean isNative() {
        return (access & Opcodes.ACC_NATIVE) != 0;
    }

    boolean isAbstract() {
        return (access & Opcodes.ACC_ABSTRACT) != 0;
    }

    boolean isStatic() {
        return (access & Opcodes.ACC_STATIC) != 0;
    }

    /** Whether the compiler made it, to hand on to another one of the same name. */
    boolean isSynthetic() {
        return (access & Opcodes.ACC_SYNTHETIC) != 0;
    }

    /** Whether the object decides which type's method it is. */
    boolean isVirtual() {
        return (access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL)) == 0
                && !name.equals("<init>")
                && !owner.isFinal();
    }

    /** Whether code outside of its module can name it, itself or in a subclass. */
    boolean isVisible() {
        return owner.visible && isOffered();
    }

    /** Whether it is public or protected. */
    boolean isOffered() {
        return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0 && !name.equals("<clinit>");
    }

    boolean hasNoArguments() {
        return isStatic() && descriptor.startsWith("()");
    }

    MemberReference reference() {
        return new MemberReference(owner.name, name, descriptor);
    }

    /** As a rule names it, its type first: {@code java.io.File.delete()}. */
    @Override
    public String toString() {
        return owner + "." + name + "(" + Descriptors.simple(descriptor) + ")";
    }
}
