package io.dataprism.sandbox.scan;

import io.dataprism.sandbox.classfile.ConstantPool;
import io.dataprism.sandbox.classfile.DamagedClassException;
import io.dataprism.sandbox.classfile.Descriptors;
import io.dataprism.sandbox.classfile.MemberReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows constants through a method's stack and local variables, along straight code: where code is entered from elsewhere everything is
 * unknown again, so that what is told is told of every run. Not safe for several threads at a time.
 */
final class KnownValues {
    /** What each instruction takes from the stack and puts there, in slots, for those from 0 to 201; '?' are treated one by one. */
    private static final String TAKES =
            "00000000000000000000000000000000000000000000002222222212121111122221111222211113434333312???????"
                    + "2424242424242424242412122323232424240111222111222111422441111112222222200011121210??????????1111"
                    + "?1110?1100";

    private static final String GIVES =
            "01111111122111221111212121111122221111222211111212111100000000000000000000000000000000000???????"
                    + "1212121212121212121212121212121212120212112122121111111110000000000000001000000000??????????1110"
                    + "?1000?0001";

    /** A value of which something may be known. The same object on each slot that holds the value. */
    private static final class Value {
        private @Nullable String text;
        private final boolean changeable;

        Value(@Nullable String text, boolean changeable) {
            this.text = text;
            this.changeable = changeable;
        }
    }

    private final ConstantPool constants;
    private final BitSet entered;
    private final List<@Nullable Value> stack = new ArrayList<>();
    private final @Nullable Value[] locals;

    KnownValues(ConstantPool constants, BitSet entered, int locals) {
        this.constants = constants;
        this.entered = entered;
        this.locals = new Value[locals];
    }

    /** Before an instruction: whether it is reached from elsewhere, too. */
    void at(int pc) {
        if (entered.get(pc)) {
            forget();
        }
    }

    private void forget() {
        stack.clear();
        Arrays.fill(locals, null);
    }

    /** The arguments of a call that is about to be made, the object that it is made on first; as far as they are known. */
    List<Optional<String>> arguments(MemberReference called, boolean hasReceiver) {
        List<String> parameters = Descriptors.parameters(called.descriptor());
        List<Optional<String>> values = new ArrayList<>();
        int depth = 0;
        for (int i = parameters.size() - 1; i >= 0; i--) {
            depth += Descriptors.slots(parameters.get(i));
            values.add(0, text(depth));
        }
        values.add(0, hasReceiver ? text(depth + 1) : Optional.empty());
        return values;
    }

    private Optional<String> text(int depth) {
        Value value = depth < 1 || depth > stack.size() ? null : stack.get(stack.size() - depth);
        return value == null ? Optional.empty() : Optional.ofNullable(value.text);
    }

    /**
     * A call was made.
     *
     * @param result what it gives, or, of a constructor, what the object stands for; where that is known
     */
    void called(MemberReference called, boolean hasReceiver, Optional<String> result) {
        int slots = hasReceiver ? 1 : 0;
        for (String parameter : Descriptors.parameters(called.descriptor())) {
            slots += Descriptors.slots(parameter);
        }
        Value receiver = null;
        for (int i = 0; i < slots; i++) {
            receiver = pop();
            spoil(receiver);
        }
        if (called.name().equals("<init>")) {
            if (receiver != null) {
                receiver.text = result.orElse(null);
            }
            return;
        }
        push(
                Descriptors.slots(Descriptors.result(called.descriptor())),
                result.map(text -> new Value(text, false)).orElse(null));
    }

    /** An array that others hold may change. */
    private static void spoil(@Nullable Value value) {
        if (value != null && value.changeable) {
            value.text = null;
        }
    }

    /** Any instruction but a call. */
    void other(int opcode, int operand, int second) throws DamagedClassException {
        switch (opcode) {
            case 2, 3, 4, 5, 6, 7, 8 -> push(1, new Value(Integer.toString(opcode - 3), false));
            case 16, 17 -> push(1, new Value(Integer.toString(operand), false));
            case 18, 19 ->
                push(
                        1,
                        constants
                                .constant(operand)
                                .map(text -> new Value(text, false))
                                .orElse(null));
            case 21, 23, 25 -> push(1, local(operand));
            case 26, 27, 28, 29 -> push(1, local(opcode - 26));
            case 42, 43, 44, 45 -> push(1, local(opcode - 42));
            case 54, 56, 58 -> store(operand, 1);
            case 55, 57 -> store(operand, 2);
            case 59, 60, 61, 62 -> store(opcode - 59, 1);
            case 63, 64, 65, 66 -> store(opcode - 63, 2);
            case 67, 68, 69, 70 -> store(opcode - 67, 1);
            case 71, 72, 73, 74 -> store(opcode - 71, 2);
            case 75, 76, 77, 78 -> store(opcode - 75, 1);
            case 83 -> storeInArray();
            case 89, 90, 91, 92, 93, 94, 95 -> shuffle(opcode);
            case 132 -> setLocal(operand, null);
            case 178, 179, 180, 181 -> field(opcode, operand);
            case 187 -> push(1, new Value(null, false));
            case 189 -> newArray();
            case 192 -> {}
            case 197 -> {
                take(second);
                push(1, null);
            }
            default -> plain(opcode);
        }
    }

    private void plain(int opcode) {
        take(TAKES.charAt(opcode) - '0');
        push(GIVES.charAt(opcode) - '0', null);
        if ((opcode >= 167 && opcode <= 177) || opcode == 191 || opcode == 200 || opcode == 201) {
            forget();
        }
    }

    /** {@code new String[] {"a"}} stands for its first item. */
    private void newArray() {
        Value length = pop();
        push(1, length != null && "0".equals(length.text) ? new Value("", true) : new Value(null, true));
    }

    private void storeInArray() {
        Value item = pop();
        Value index = pop();
        Value array = pop();
        spoil(item);
        if (array != null && array.changeable && index != null && "0".equals(index.text)) {
            array.text = item == null ? null : item.text;
        } else if (index == null || index.text == null) {
            spoil(array);
        }
    }

    private void shuffle(int opcode) {
        Value one = pop();
        switch (opcode) {
            case 89 -> pushAll(one, one);
            case 90 -> {
                Value two = pop();
                pushAll(one, two, one);
            }
            case 91 -> {
                Value two = pop();
                Value three = pop();
                pushAll(one, three, two, one);
            }
            case 92 -> {
                Value two = pop();
                pushAll(two, one, two, one);
            }
            case 93 -> {
                Value two = pop();
                Value three = pop();
                pushAll(two, one, three, two, one);
            }
            case 94 -> {
                Value two = pop();
                Value three = pop();
                Value four = pop();
                pushAll(two, one, four, three, two, one);
            }
            default -> {
                Value two = pop();
                pushAll(one, two);
            }
        }
    }

    private void field(int opcode, int operand) throws DamagedClassException {
        int slots = Descriptors.slots(constants.member(operand).descriptor());
        boolean put = opcode == 179 || opcode == 181;
        for (int i = put ? slots : 0; i > 0; i--) {
            spoil(pop());
        }
        take(opcode >= 180 ? 1 : 0);
        push(put ? 0 : slots, null);
    }

    private void store(int local, int slots) {
        Value value = pop();
        setLocal(local, slots == 1 ? value : null);
        if (slots == 2) {
            pop();
            setLocal(local + 1, null);
        }
    }

    private @Nullable Value local(int local) {
        return local < locals.length ? locals[local] : null;
    }

    private void setLocal(int local, @Nullable Value value) {
        if (local < locals.length) {
            locals[local] = value;
        }
    }

    private @Nullable Value pop() {
        return stack.isEmpty() ? null : stack.remove(stack.size() - 1);
    }

    private void take(int slots) {
        for (int i = 0; i < slots; i++) {
            pop();
        }
    }

    private void push(int slots, @Nullable Value value) {
        for (int i = 0; i < slots; i++) {
            stack.add(slots == 1 ? value : null);
        }
    }

    private void pushAll(@Nullable Value... values) {
        for (Value value : values) {
            stack.add(value);
        }
    }
}
