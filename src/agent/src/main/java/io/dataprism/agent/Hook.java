package io.dataprism.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The class that stands between the JDK's methods, which call it, and the judge, which they could not see: {@code java.lang.DataPrismHook}. It is made here
 * and put among the JDK's own, since a jar on the bootstrap class path would take the program's classes out of the JVM's archive. What it calls is fixed
 * when it is made; whoever else calls it learns and changes nothing.
 */
final class Hook {
    /** With slashes. */
    static final String NAME = "java/lang/DataPrismHook";
    /** Its only method: what happened, then what it happened to. */
    static final String METHOD = "called";

    static final String TYPE = "([Ljava/lang/Object;I)V";
    /** Instead of the line of a rule: a class loader was made, which is the only value. */
    static final int MADE = -1;
    /** Instead of the line of a rule: a thread, which is the only value, is about to be started. */
    static final int STARTING = -2;

    private static final String JUDGE_NAME = "java/util/function/ObjIntConsumer";
    private static final String JUDGE = "L" + JUDGE_NAME + ";";

    private Hook() {}

    /** Make it, and have it call {@code judge}. */
    static void define(ObjIntConsumer<Object[]> judge, Instrumentation instrumentation)
            throws IOException, ReflectiveOperationException {
        byte[] code;
        try (InputStream stream = Objects.requireNonNull(Hook.class.getResourceAsStream("Definer.class"))) {
            code = stream.readAllBytes();
        }
        DefinersLoader loader = new DefinersLoader();
        Class<?> definer = loader.define(code);
        // Only that module, in which nothing else will ever be, gets at the JDK's package.
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.lang", Set.of(definer.getModule())),
                Set.of(),
                Map.of());
        // Taken away by the class when it is made.
        System.getProperties().put(NAME, judge);
        @SuppressWarnings("unchecked")
        Consumer<byte[]> made =
                (Consumer<byte[]>) definer.getDeclaredConstructor().newInstance();
        made.accept(bytes());
    }

    private static byte[] bytes() {
        ClassWriter hook = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        hook.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                NAME,
                null,
                "java/lang/Object",
                null);
        hook.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "JUDGE", JUDGE, null, null)
                .visitEnd();
        MethodVisitor making = hook.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        making.visitCode();
        making.visitMethodInsn(
                Opcodes.INVOKESTATIC, "java/lang/System", "getProperties", "()Ljava/util/Properties;", false);
        making.visitLdcInsn(NAME);
        making.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                "java/util/Properties",
                "remove",
                "(Ljava/lang/Object;)Ljava/lang/Object;",
                false);
        making.visitTypeInsn(Opcodes.CHECKCAST, JUDGE_NAME);
        making.visitFieldInsn(Opcodes.PUTSTATIC, NAME, "JUDGE", JUDGE);
        end(making);
        MethodVisitor called = hook.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, METHOD, TYPE, null, null);
        called.visitCode();
        called.visitFieldInsn(Opcodes.GETSTATIC, NAME, "JUDGE", JUDGE);
        called.visitVarInsn(Opcodes.ALOAD, 0);
        called.visitVarInsn(Opcodes.ILOAD, 1);
        called.visitMethodInsn(Opcodes.INVOKEINTERFACE, JUDGE_NAME, "accept", "(Ljava/lang/Object;I)V", true);
        end(called);
        hook.visitEnd();
        return hook.toByteArray();
    }

    private static void end(MethodVisitor code) {
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** A loader for one class. */
    private static final class DefinersLoader extends ClassLoader {
        DefinersLoader() {
            super(Hook.class.getClassLoader());
        }

        Class<?> define(byte[] code) {
            return defineClass(Definer.class.getName(), code, 0, code.length);
        }
    }
}
