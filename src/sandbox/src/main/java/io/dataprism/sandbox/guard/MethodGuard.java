package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.rules.Rule;
import java.util.Optional;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts a check before each guarded call of one method. Where the check looks at arguments, they are taken from the stack into local variables that the
 * method has no use of, and back.
 */
final class MethodGuard extends MethodVisitor {
    private static final String OBJECT = "java/lang/Object";
    private static final Type OBJECT_TYPE = Type.getObjectType(OBJECT);

    private final ClassGuard in;
    private final int free;
    private final Optional<Rule> calledByJvm;

    /**
     * @param free the first local variable that the method does not use
     * @param calledByJvm the rule about the method itself, where the JVM calls it, so that no call site can check
     */
    MethodGuard(MethodVisitor to, ClassGuard in, int free, Optional<Rule> calledByJvm) {
        super(Opcodes.ASM9, to);
        this.in = in;
        this.free = free;
        this.calledByJvm = calledByJvm;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        calledByJvm.ifPresent(rule -> check(rule, GuardedClasses.FINALIZE, false));
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        String inPlace = OwnAnswers.inPlaceOf(owner, name, descriptor);
        if (!inPlace.isEmpty()) {
            super.visitLdcInsn(Type.getObjectType(in.className()));
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    SiteChecks.CALL_SITES,
                    inPlace,
                    "(Ljava/lang/Class;" + descriptor.substring(1),
                    false);
            return;
        }
        MemberReference method = new MemberReference(owner, name, descriptor);
        Optional<Rule> rule = in.rule(method);
        if (rule.isPresent()) {
            boolean hasReceiver = opcode != Opcodes.INVOKESTATIC && !name.equals("<init>");
            check(rule.get(), method, hasReceiver);
        }
        if (in.isPolled(method) && PolledCalls.write(method, in.className(), mv)) {
            return;
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        if (opcode != Opcodes.GETSTATIC || !StandardStreams.are(owner, name)) {
            super.visitFieldInsn(opcode, owner, name, descriptor);
        } else if (in.links()) {
            Handle link = new Handle(
                    Opcodes.H_INVOKESTATIC, SiteChecks.CALL_SITES, "stream", SiteChecks.STREAM_LINK_TYPE, false);
            super.visitInvokeDynamicInsn(name, "()" + descriptor, link);
        } else {
            super.visitLdcInsn(Type.getObjectType(in.className()));
            super.visitLdcInsn(name);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, SiteChecks.CALL_SITES, "stream", SiteChecks.STREAM_TYPE, false);
            super.visitTypeInsn(Opcodes.CHECKCAST, Type.getType(descriptor).getInternalName());
        }
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        Object[] guarded = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            guarded[i] = in.guarded(arguments[i]);
        }
        super.visitInvokeDynamicInsn(name, descriptor, in.bootstrap(bootstrap), guarded);
    }

    @Override
    public void visitLdcInsn(Object constant) {
        boolean mayReach = constant instanceof Handle || constant instanceof ConstantDynamic;
        super.visitLdcInsn(mayReach ? in.guarded(constant) : constant);
    }

    private void check(Rule rule, MemberReference called, boolean hasReceiver) {
        Type[] types = onStack(called, hasReceiver);
        int shift = hasReceiver ? 1 : 0;
        StringBuilder given = new StringBuilder();
        int deepest = types.length;
        for (int i = types.length - 1; i >= 0; i--) {
            if (rule.looksAt(i - shift)) {
                given.insert(0, i < shift ? "t" : String.valueOf(i - shift));
                deepest = i;
            }
        }
        int[] locals = new int[types.length];
        int next = free;
        for (int i = types.length - 1; i >= deepest; i--) {
            locals[i] = next;
            next += types[i].getSize();
            super.visitVarInsn(types[i].getOpcode(Opcodes.ISTORE), locals[i]);
        }
        if (in.links()) {
            link(rule, called, types, locals, shift, given.toString());
        } else {
            call(rule, called, types, locals, shift, given.toString());
        }
        for (int i = deepest; i < types.length; i++) {
            super.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), locals[i]);
        }
    }

    /** What stands on the stack, the object first. */
    private static Type[] onStack(MemberReference called, boolean hasReceiver) {
        Type[] parameters = Type.getArgumentTypes(called.descriptor());
        if (!hasReceiver) {
            return parameters;
        }
        Type[] all = new Type[parameters.length + 1];
        all[0] = OBJECT_TYPE;
        System.arraycopy(parameters, 0, all, 1, parameters.length);
        return all;
    }

    private void link(Rule rule, MemberReference called, Type[] types, int[] locals, int shift, String given) {
        Type[] taken = new Type[given.length()];
        for (int i = 0; i < taken.length; i++) {
            int at = at(given.charAt(i), shift);
            super.visitVarInsn(types[at].getOpcode(Opcodes.ILOAD), locals[at]);
            taken[i] = types[at].getSort() >= Type.ARRAY ? OBJECT_TYPE : types[at];
        }
        Handle link = new Handle(Opcodes.H_INVOKESTATIC, SiteChecks.CALL_SITES, "link", SiteChecks.LINK_TYPE, false);
        super.visitInvokeDynamicInsn(
                "check", Type.getMethodDescriptor(Type.VOID_TYPE, taken), link, rule.line(), called.shown(), given);
    }

    private void call(Rule rule, MemberReference called, Type[] types, int[] locals, int shift, String given) {
        super.visitLdcInsn(Type.getObjectType(in.className()));
        super.visitLdcInsn(rule.line());
        super.visitLdcInsn(called.shown());
        super.visitLdcInsn(given);
        super.visitLdcInsn(given.length());
        super.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
        for (int i = 0; i < given.length(); i++) {
            int at = at(given.charAt(i), shift);
            super.visitInsn(Opcodes.DUP);
            super.visitLdcInsn(i);
            super.visitVarInsn(types[at].getOpcode(Opcodes.ILOAD), locals[at]);
            Boxes.box(types[at], mv);
            super.visitInsn(Opcodes.AASTORE);
        }
        super.visitMethodInsn(Opcodes.INVOKESTATIC, SiteChecks.CALL_SITES, "check", SiteChecks.CHECK_TYPE, false);
    }

    private static int at(char number, int shift) {
        return number == 't' ? 0 : number - '0' + shift;
    }
}
