package io.dataprism.sandbox.completeness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/** A type as its class file has it, with what its methods call. */
final class CodeType {
    /** With slashes. */
    final String name;
    /** Whether a plugin's class can name it. */
    final boolean visible;

    final @Nullable String superclass;
    final List<String> interfaces;
    final Map<String, CodeMethod> methods = new LinkedHashMap<>();
    /** Those that extend or implement it directly. */
    final List<CodeType> subtypes = new ArrayList<>();

    private final int access;
    private final byte[] classFile;

    CodeType(ClassReader reader, byte[] classFile, boolean seen) {
        this.classFile = classFile;
        name = reader.getClassName();
        access = reader.getAccess();
        visible = seen && (access & Opcodes.ACC_PUBLIC) != 0;
        superclass = reader.getSuperName();
        interfaces = List.of(reader.getInterfaces());
    }

    boolean isFinal() {
        return (access & Opcodes.ACC_FINAL) != 0;
    }

    /** Its superclass, where it has one, and its interfaces. */
    List<String> supertypes() {
        List<String> all = new ArrayList<>();
        if (superclass != null) {
            all.add(superclass);
        }
        all.addAll(interfaces);
        return all;
    }

    /** Its whole code, read anew. */
    ClassNode code() {
        ClassNode code = new ClassNode();
        new ClassReader(classFile).accept(code, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return code;
    }

    /** With dots. */
    @Override
    public String toString() {
        return name.replace('/', '.');
    }
}
