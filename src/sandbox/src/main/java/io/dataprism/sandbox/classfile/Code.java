package io.dataprism.sandbox.classfile;

import java.util.BitSet;

/** The code of a method. Not safe for several threads at a time. */
public final class Code {
    private static final int TABLE_SWITCH = 170;
    private static final int LOOKUP_SWITCH = 171;
    private static final int WIDE = 196;
    private static final int IINC = 132;

    private final Bytes instructions;
    private final int length;
    private final int locals;
    private final int[] handlers;
    /** Pairs of an instruction's place and its line, in the file's order. */
    private final Bytes lines;

    Code(Bytes instructions, int locals, int[] handlers, Bytes lines) {
        this.instructions = instructions;
        this.length = instructions.left();
        this.locals = locals;
        this.handlers = handlers;
        this.lines = lines;
    }

    public int locals() {
        return locals;
    }

    /** Takes the instructions in order. */
    public interface Visitor {
        /**
         * An instruction.
         *
         * @param pc its place
         * @param opcode of a {@code wide} one, that of the instruction it widens
         * @param operand the index of a constant or local variable, the number to push, or 0
         * @param second what {@code multianewarray} has for dimensions, or 0
         */
        void instruction(int pc, int opcode, int operand, int second) throws DamagedClassException;
    }

    /** Whether an instruction's operand is the index of a constant. */
    public static boolean usesConstant(int opcode) {
        return switch (opcode) {
            // ldc, fields and calls, new, anewarray, checkcast, instanceof, multianewarray
            case 18, 19, 20, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 189, 192, 193, 197 -> true;
            default -> false;
        };
    }

    /** Hand all instructions to {@code visitor}. */
    public void walk(Visitor visitor) throws DamagedClassException {
        Bytes code = instructions.again();
        while (code.left() > 0) {
            int pc = length - code.left();
            int opcode = code.u1();
            boolean wide = opcode == WIDE;
            if (wide) {
                opcode = code.u1();
            }
            int operand = operand(code, pc, opcode, wide);
            visitor.instruction(pc, opcode, operand, opcode == 197 ? code.u1() : 0);
        }
    }

    private int operand(Bytes code, int pc, int opcode, boolean wide) throws DamagedClassException {
        if (wide) {
            boolean ofLocal = (opcode >= 21 && opcode <= 25) || (opcode >= 54 && opcode <= 58);
            if (!ofLocal && opcode != IINC && opcode != 169) {
                throw new DamagedClassException("instruction " + opcode + " at " + pc + " can't be wide");
            }
            int local = code.u2();
            code.skip(opcode == IINC ? 2 : 0);
            return local;
        }
        return switch (opcode) {
            case 16 -> (byte) code.u1(); // bipush
            // sipush, jumps
            case 17, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168, 198, 199 ->
                (short) code.u2();
            // ldc, locals, ret, newarray
            case 18, 21, 22, 23, 24, 25, 54, 55, 56, 57, 58, 169, 188 -> code.u1();
            case 19, 20, 178, 179, 180, 181, 182, 183, 184, 187, 189, 192, 193, 197 -> code.u2();
            case IINC -> {
                int local = code.u1();
                code.skip(1);
                yield local;
            }
            // invokeinterface, invokedynamic
            case 185, 186 -> {
                int constant = code.u2();
                code.skip(2);
                yield constant;
            }
            case 200, 201 -> code.s4(); // goto_w, jsr_w
            case TABLE_SWITCH -> {
                pad(code, pc);
                code.skip(4);
                long low = code.s4();
                long high = code.s4();
                code.skip(4 * (high - low + 1));
                yield 0;
            }
            case LOOKUP_SWITCH -> {
                pad(code, pc);
                code.skip(4);
                code.skip(8L * code.s4());
                yield 0;
            }
            default -> {
                if (opcode > 201) {
                    throw new DamagedClassException("instruction " + opcode + " at " + pc + " is unknown");
                }
                yield 0;
            }
        };
    }

    private static void pad(Bytes code, int pc) throws DamagedClassException {
        code.skip(3 - (pc & 3));
    }

    /** The places that are reached from elsewhere than from the instruction before: targets of jumps, handlers of exceptions. */
    public BitSet entered() throws DamagedClassException {
        BitSet entered = new BitSet(length);
        for (int handler : handlers) {
            enter(entered, handler);
        }
        walk((pc, opcode, operand, second) -> {
            if ((opcode >= 153 && opcode <= 168) || (opcode >= 198 && opcode <= 201)) {
                enter(entered, (long) pc + operand);
            } else if (opcode == TABLE_SWITCH || opcode == LOOKUP_SWITCH) {
                enterCases(entered, pc, opcode);
            }
        });
        return entered;
    }

    private void enterCases(BitSet entered, int pc, int opcode) throws DamagedClassException {
        Bytes code = instructions.again();
        code.skip(pc + 1L);
        pad(code, pc);
        enter(entered, (long) pc + code.s4());
        boolean table = opcode == TABLE_SWITCH;
        long low = table ? code.s4() : 1;
        long high = code.s4();
        for (long i = low; i <= high; i++) {
            code.skip(table ? 0 : 4);
            enter(entered, (long) pc + code.s4());
        }
    }

    private void enter(BitSet entered, long target) throws DamagedClassException {
        if (target < 0 || target >= length) {
            throw new DamagedClassException("a jump leads out of its method, to " + target + " of " + length);
        }
        entered.set((int) target);
    }

    /** The line of the source that an instruction comes from; 0 where the class file doesn't say. */
    public int line(int pc) {
        try {
            return line(pc, lines.again());
        } catch (DamagedClassException e) {
            throw new IllegalStateException("The table's length was looked at when it was read", e);
        }
    }

    private static int line(int pc, Bytes pairs) throws DamagedClassException {
        int best = -1;
        int line = 0;
        while (pairs.left() > 0) {
            int start = pairs.u2();
            int candidate = pairs.u2();
            if (start <= pc && start >= best) {
                best = start;
                line = candidate;
            }
        }
        return line;
    }
}
