package io.dataprism.sandbox.completeness;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Reads a class file's methods and what they call into a {@link CodeType}. */
final class TypeReader extends ClassVisitor {
    private final CodeType type;

    private TypeReader(CodeType type) {
        super(Opcodes.ASM9);
        this.type = type;
    }

    /**
     * The type in {@code classFile}.
     *
     * @param seen whether plugins see its package, or the type itself
     */
    static CodeType read(byte[] classFile, boolean seen) {
        ClassReader reader = new ClassReader(classFile);
        CodeType type = new CodeType(reader, classFile, seen);
        reader.accept(new TypeReader(type), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return type;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        CodeMethod method = new CodeMethod(type, name, descriptor, access);
        type.methods.put(method.signature(), method);
        return new Calls(method);
    }

    private static final class Calls extends MethodVisitor {
        private final CodeMethod method;

        Calls(CodeMethod method) {
            super(Opcodes.ASM9);
            this.method = method;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            method.calls.add(Call.of(opcode, owner, name, descriptor));
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (Call.isMethod(argument)) {
                    method.calls.add(Call.of((Handle) argument));
                }
            }
        }
    }
}
