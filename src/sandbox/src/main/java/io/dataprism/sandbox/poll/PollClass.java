package io.dataprism.sandbox.poll;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The class through which a loader's classes poll. Each loader defines one of its own, under the same name, so that a method of a few bytes does, classes
 * stay the same for every loader, and the just-in-time compiler sees a constant where the poll is. It must be made ready before any class that polls is:
 * where its begin fails, as on a full stack, it would fail for good.
 */
public final class PollClass {
    /** With dots. */
    public static final String NAME = "io.dataprism.sandbox.poll.Poll";

    static final String INTERNAL_NAME = NAME.replace('.', '/');
    /** In loops, and where methods begin. */
    static final String LOOKS = "looks";
    /** Where an exception was caught. */
    static final String CAUGHT = "caught";

    private static final String HANDLE = "Ljava/lang/invoke/MethodHandle;";
    private static final String FIELD = "POLL";

    private PollClass() {}

    /**
     * Its class file.
     *
     * @param finder the type, with slashes, that has a static method which gives a class its loader's {@link LoopPoll#handle}
     * @param method of that
     */
    public static byte[] bytes(String finder, String method) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        writer.visit(Opcodes.V11, access, INTERNAL_NAME, null, "java/lang/Object", null);
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, FIELD, HANDLE, null, null)
                .visitEnd();
        MethodVisitor begin = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        begin.visitCode();
        begin.visitLdcInsn(Type.getObjectType(INTERNAL_NAME));
        begin.visitMethodInsn(Opcodes.INVOKESTATIC, finder, method, "(Ljava/lang/Class;)" + HANDLE, false);
        begin.visitFieldInsn(Opcodes.PUTSTATIC, INTERNAL_NAME, FIELD, HANDLE);
        end(begin);
        call(writer, LOOKS, false);
        call(writer, CAUGHT, true);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void call(ClassWriter writer, String name, boolean caught) {
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
        MethodVisitor code = writer.visitMethod(access, name, "()V", null, null);
        code.visitCode();
        code.visitFieldInsn(Opcodes.GETSTATIC, INTERNAL_NAME, FIELD, HANDLE);
        code.visitInsn(caught ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/invoke/MethodHandle", "invokeExact", "(Z)V", false);
        end(code);
    }

    private static void end(MethodVisitor code) {
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
