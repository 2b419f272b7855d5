package io.dataprism.attacks;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Puts call sites with bootstrap methods of their own into attacks, which their source can only mark. */
final class OwnCallSites {
    private static final String LINKED = "attack/Linked";
    private static final String LINK_TYPE = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;";

    private OwnCallSites() {}

    /** A class file with its marks replaced. */
    static byte[] put(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Classes(writer), 0);
        return writer.toByteArray();
    }

    private static final class Classes extends ClassVisitor {
        Classes(ClassVisitor to) {
            super(Opcodes.ASM9, to);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new Methods(super.visitMethod(access, name, descriptor, signature, exceptions));
        }
    }

    private static final class Methods extends MethodVisitor {
        Methods(MethodVisitor to) {
            super(Opcodes.ASM9, to);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.equals(LINKED) && name.equals("lookup")) {
                Handle link = new Handle(Opcodes.H_INVOKESTATIC, LINKED, "link", LINK_TYPE, false);
                super.visitInvokeDynamicInsn(name, descriptor, link);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }
    }
}
