package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.classfile.Code;
import io.dataprism.sandbox.classfile.ConstantPool;
import io.dataprism.sandbox.classfile.DamagedClassException;
import io.dataprism.sandbox.classfile.MemberReference;
import java.util.BitSet;
import java.util.function.Predicate;

/** Those constants of a class through which its code can reach a guarded method, or the standard streams. Code that uses none of them stays as it is. */
final class GuardedConstants {
    private final BitSet leading = new BitSet();

    GuardedConstants(ConstantPool constants, Predicate<MemberReference> guarded) throws DamagedClassException {
        for (int i = 1; i < constants.size(); i++) {
            boolean leads = constants.isMethod(i)
                    ? guarded.test(constants.member(i))
                    : constants.isField(i) && StandardStreams.are(constants.member(i));
            if (leads) {
                leading.set(i);
            }
        }
        if (!leading.isEmpty()) {
            addHandles(constants);
        }
    }

    /** Handles of such methods; and where there is one, whatever a bootstrap method makes, which may get it by way of another such constant. */
    private void addHandles(ConstantPool constants) throws DamagedClassException {
        boolean any = false;
        for (int i = 1; i < constants.size(); i++) {
            if (constants.isHandle(i) && leading.get(constants.memberOfHandle(i))) {
                leading.set(i);
                any = true;
            }
        }
        for (int i = 1; any && i < constants.size(); i++) {
            if (constants.bootstrap(i) >= 0) {
                leading.set(i);
            }
        }
    }

    boolean isEmpty() {
        return leading.isEmpty();
    }

    boolean areUsedBy(Code code) throws DamagedClassException {
        if (leading.isEmpty()) {
            return false;
        }
        boolean[] used = {false};
        code.walk((pc, opcode, operand, second) -> used[0] |= Code.usesConstant(opcode) && leading.get(operand));
        return used[0];
    }
}
