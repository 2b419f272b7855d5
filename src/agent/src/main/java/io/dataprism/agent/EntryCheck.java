package io.dataprism.agent;

import io.dataprism.sandbox.guard.Boxes;
import io.dataprism.sandbox.rules.Demand;
import io.dataprism.sandbox.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Has one method of the JDK ask before it does anything. */
final class EntryCheck extends MethodVisitor {
    private static final String OBJECT = "java/lang/Object";

    private final Rule rule;
    private final String shown;
    private final boolean isStatic;
    private final boolean isConstructor;
    private final Type[] parameters;

    EntryCheck(MethodVisitor to, Rule rule, String shown, int access, String name, String descriptor) {
        super(Opcodes.ASM9, to);
        this.rule = rule;
        this.shown = shown;
        isStatic = (access & Opcodes.ACC_STATIC) != 0;
        isConstructor = name.equals("<init>");
        parameters = Type.getArgumentTypes(descriptor);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        boolean hasReceiver = !isStatic && !isConstructor;
        StringBuilder given = new StringBuilder();
        if (hasReceiver && rule.looksAt(-1)) {
            given.append('t');
        }
        for (int i = 0; i < parameters.length; i++) {
            if (rule.looksAt(i)) {
                given.append((char) ('0' + i));
            }
        }
        List<Integer> reached = reached();
        super.visitLdcInsn(given.length() + reached.size() + 2);
        super.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
        store(0, () -> super.visitLdcInsn(shown));
        store(1, () -> super.visitLdcInsn(given.toString()));
        for (int i = 0; i < given.length(); i++) {
            int number = given.charAt(i) == 't' ? Demand.RECEIVER : given.charAt(i) - '0';
            store(i + 2, () -> load(number));
        }
        for (int i = 0; i < reached.size(); i++) {
            int number = reached.get(i);
            store(given.length() + i + 2, () -> load(number));
        }
        super.visitLdcInsn(rule.line());
        super.visitMethodInsn(Opcodes.INVOKESTATIC, Hook.NAME, Hook.METHOD, Hook.TYPE, false);
    }

    private void store(int index, Runnable value) {
        super.visitInsn(Opcodes.DUP);
        super.visitLdcInsn(index);
        value.run();
        super.visitInsn(Opcodes.AASTORE);
    }

    /** What a method of reflection is given that may lead to a class, which the judge looks at as well. */
    private List<Integer> reached() {
        List<Integer> reached = new ArrayList<>();
        if (!StackJudge.isReflective(rule)) {
            return reached;
        }
        if (!isStatic && !isConstructor) {
            reached.add(Demand.RECEIVER);
        }
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].getSort() == Type.OBJECT) {
                reached.add(i);
            }
        }
        return reached;
    }

    private void load(int number) {
        if (number == Demand.RECEIVER) {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            return;
        }
        int local = isStatic ? 0 : 1;
        for (int i = 0; i < number; i++) {
            local += parameters[i].getSize();
        }
        Type type = parameters[number];
        super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
        Boxes.box(type, mv);
    }
}
