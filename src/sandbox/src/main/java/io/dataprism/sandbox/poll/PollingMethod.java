package io.dataprism.sandbox.poll;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts polls into one method: before each jump back, where the method begins, and where it catches. Whatever runs for ever does one of these for ever. The
 * polls fork nothing and leave nothing on the stack, so that frames stay true as they are.
 */
public final class PollingMethod extends MethodVisitor {
    private final boolean whole;
    private final Set<Label> seen = new HashSet<>();
    private final Set<Label> handlers = new HashSet<>();
    private boolean caught;

    /** @param whole whether it polls everywhere; else in loops alone, where there is no room for more */
    public PollingMethod(MethodVisitor to, boolean whole) {
        super(Opcodes.ASM9, to);
        this.whole = whole;
    }

    private void poll(String where) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, PollClass.INTERNAL_NAME, where, "()V", false);
    }

    /** To be called before each instruction. */
    private void begin() {
        if (caught) {
            caught = false;
            poll(PollClass.CAUGHT);
        }
    }

    private void beginJump(boolean back) {
        begin();
        if (back) {
            poll(PollClass.LOOKS);
        }
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (whole) {
            poll(PollClass.LOOKS);
        }
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        if (whole) {
            handlers.add(handler);
        }
        super.visitTryCatchBlock(start, end, handler, type);
    }

    @Override
    public void visitLabel(Label label) {
        super.visitLabel(label);
        seen.add(label);
        caught |= handlers.contains(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        beginJump(seen.contains(label));
        super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        beginJump(isBack(otherwise, labels));
        super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        beginJump(isBack(otherwise, labels));
        super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    private boolean isBack(Label otherwise, Label[] labels) {
        boolean back = seen.contains(otherwise);
        for (Label label : labels) {
            back |= seen.contains(label);
        }
        return back;
    }

    /** A subroutine, of a time before there were frames, may return to any place. */
    @Override
    public void visitVarInsn(int opcode, int local) {
        beginJump(opcode == Opcodes.RET);
        super.visitVarInsn(opcode, local);
    }

    @Override
    public void visitInsn(int opcode) {
        begin();
        super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        begin();
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        begin();
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        begin();
        super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        begin();
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        begin();
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitLdcInsn(Object value) {
        begin();
        super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int local, int increment) {
        begin();
        super.visitIincInsn(local, increment);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        begin();
        super.visitMultiANewArrayInsn(descriptor, dimensions);
    }
}
