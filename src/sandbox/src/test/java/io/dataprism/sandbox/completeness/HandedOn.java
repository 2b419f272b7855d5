package io.dataprism.sandbox.completeness;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Interpreter;
import org.objectweb.asm.tree.analysis.Value;

/**
 * Which calls of a method are given something that its caller has a say in: an argument, the object itself, what their fields hold, and what
 * is made of those. Not so are constants, static fields and what is made of these alone.
 */
final class HandedOn extends Interpreter<HandedOn.Known> {
    private final Map<AbstractInsnNode, Known> made = new IdentityHashMap<>();
    private final Set<Call> handed = new HashSet<>();
    /** Whether a new object became the caller's after it was looked at. */
    private boolean changed;

    private HandedOn() {
        super(Opcodes.ASM9);
    }

    /** What is known of a value. */
    static final class Known implements Value {
        private final int size;
        /** Whether it is a new object or array, which becomes the caller's with what is put into it. */
        private final boolean fresh;

        private boolean ofCaller;

        private Known(int size, boolean fresh, boolean ofCaller) {
            this.size = size;
            this.fresh = fresh;
            this.ofCaller = ofCaller;
        }

        @Override
        public int getSize() {
            return size;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Known known && known.size == size && known.ofCaller == ofCaller;
        }

        @Override
        public int hashCode() {
            return size * 2 + (ofCaller ? 1 : 0);
        }
    }

    /** The calls that a method of {@code owner} hands something on to. */
    static Set<Call> of(String owner, MethodNode method) {
        HandedOn interpreter = new HandedOn();
        try {
            do {
                interpreter.changed = false;
                new Analyzer<>(interpreter).analyze(owner, method);
            } while (interpreter.changed);
        } catch (AnalyzerException e) {
            throw new IllegalStateException(owner + "." + method.name + method.desc + " can't be followed", e);
        }
        return interpreter.handed;
    }

    private static Known known(int size, boolean ofCaller) {
        return new Known(size, false, ofCaller);
    }

    private static @Nullable Known known(Type type, boolean ofCaller) {
        return type == Type.VOID_TYPE ? null : known(type.getSize(), ofCaller);
    }

    @Override
    public @Nullable Known newValue(@Nullable Type type) {
        return type == null ? known(1, false) : known(type, false);
    }

    @Override
    public @Nullable Known newParameterValue(boolean instance, int local, Type type) {
        return known(type, true);
    }

    @Override
    public @Nullable Known newOperation(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 -> known(2, false);
            case Opcodes.LDC -> known(sizeOf(((LdcInsnNode) instruction).cst), false);
            case Opcodes.GETSTATIC -> known(Type.getType(((FieldInsnNode) instruction).desc), false);
            case Opcodes.NEW -> made(instruction);
            default -> known(1, false);
        };
    }

    private static int sizeOf(Object constant) {
        return constant instanceof Long
                        || constant instanceof Double
                        || (constant instanceof ConstantDynamic dynamic && dynamic.getSize() == 2)
                ? 2
                : 1;
    }

    private Known made(AbstractInsnNode instruction) {
        return made.computeIfAbsent(instruction, each -> new Known(1, true, false));
    }

    @Override
    public Known copyOperation(AbstractInsnNode instruction, Known value) {
        return value;
    }

    @Override
    public @Nullable Known unaryOperation(AbstractInsnNode instruction, Known value) {
        return switch (instruction.getOpcode()) {
            case Opcodes.LNEG,
                    Opcodes.DNEG,
                    Opcodes.I2L,
                    Opcodes.F2L,
                    Opcodes.D2L,
                    Opcodes.I2D,
                    Opcodes.L2D,
                    Opcodes.F2D -> known(2, value.ofCaller);
            case Opcodes.GETFIELD -> known(Type.getType(((FieldInsnNode) instruction).desc), value.ofCaller);
            case Opcodes.NEWARRAY, Opcodes.ANEWARRAY -> made(instruction);
            case Opcodes.CHECKCAST -> value;
            default -> known(1, value.ofCaller);
        };
    }

    @Override
    public @Nullable Known binaryOperation(AbstractInsnNode instruction, Known one, Known other) {
        boolean ofCaller = one.ofCaller || other.ofCaller;
        return switch (instruction.getOpcode()) {
            case Opcodes.LALOAD,
                    Opcodes.DALOAD,
                    Opcodes.LADD,
                    Opcodes.LSUB,
                    Opcodes.LMUL,
                    Opcodes.LDIV,
                    Opcodes.LREM,
                    Opcodes.LSHL,
                    Opcodes.LSHR,
                    Opcodes.LUSHR,
                    Opcodes.LAND,
                    Opcodes.LOR,
                    Opcodes.LXOR,
                    Opcodes.DADD,
                    Opcodes.DSUB,
                    Opcodes.DMUL,
                    Opcodes.DDIV,
                    Opcodes.DREM -> known(2, ofCaller);
            case Opcodes.PUTFIELD -> {
                becomes(one, other.ofCaller);
                yield null;
            }
            default -> known(1, ofCaller);
        };
    }

    @Override
    public @Nullable Known ternaryOperation(AbstractInsnNode instruction, Known array, Known index, Known value) {
        becomes(array, value.ofCaller);
        return null;
    }

    private void becomes(Known object, boolean ofCaller) {
        if (ofCaller && !object.ofCaller && object.fresh) {
            object.ofCaller = true;
            changed = true;
        }
    }

    @Override
    public @Nullable Known naryOperation(AbstractInsnNode instruction, List<? extends Known> values) {
        boolean ofCaller = false;
        for (Known value : values) {
            ofCaller |= value.ofCaller;
        }
        if (instruction instanceof MethodInsnNode call) {
            if (ofCaller) {
                handed.add(Call.of(call.getOpcode(), call.owner, call.name, call.desc));
                becomes(values.get(0), call.getOpcode() != Opcodes.INVOKESTATIC);
            }
            return known(Type.getReturnType(call.desc), ofCaller);
        }
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            for (Object argument : dynamic.bsmArgs) {
                if (ofCaller && Call.isMethod(argument)) {
                    handed.add(Call.of((Handle) argument));
                }
            }
            return known(Type.getReturnType(dynamic.desc), ofCaller);
        }
        return known(1, ofCaller); // an array of several dimensions
    }

    @Override
    public void returnOperation(AbstractInsnNode instruction, Known value, Known expected) {
        // What comes back is taken for the caller's where an argument was.
    }

    @Override
    public Known merge(Known one, Known other) {
        return one.ofCaller || !other.ofCaller ? one : other;
    }
}
