package io.dataprism.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.child.wire.Kind;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.Wire;
import io.dataprism.child.wire.WireOutput;
import java.lang.invoke.SwitchPoint;
import org.junit.jupiter.api.Test;

/** What a child keeps of the kernel's answers. */
final class ChildGuardTest {
    private int answer = Wire.MAY | Wire.LASTS;
    private int asked;
    private final ChildLink link = new ChildLink(frame -> answer(), new ChildSlices(failure -> {}, () -> {}), () -> {});
    private final ChildGuard guard = new ChildGuard(link);

    private void answer() {
        WireOutput out = new WireOutput();
        Values.write(out, answer);
        link.answered(Kind.ANSWER, ++asked, out.content());
    }

    @Test
    void whatLastsIsAskedForOnce() {
        assertTrue(guard.mayCall("file-access", "read:a"));
        assertTrue(guard.mayCall("file-access", "read:a"));
        assertEquals(1, asked);
        guard.changed();
        answer = Wire.LASTS;
        assertFalse(guard.mayCall("file-access", "read:a"));
        assertEquals(2, asked);
    }

    @Test
    void whatEndsOfItselfIsAskedForEachTime() {
        SwitchPoint before = guard.lasting().orElseThrow();
        answer = Wire.MAY;
        assertTrue(guard.mayCall("file-access", "read:a"));
        assertTrue(before.hasBeenInvalidated(), "a call site that was told before would keep the answer");
        assertTrue(guard.lasting().isEmpty());
        answer = 0;
        assertFalse(guard.mayCall("file-access", "read:a"));
        guard.changed();
        assertTrue(guard.lasting().isPresent());
    }

    @Test
    void whatTheKernelWouldNotReadIsNotAsked() {
        assertFalse(guard.mayCall("file-access", "x".repeat(Wire.LONGEST_TOLD + 1)));
        assertEquals(0, asked);
    }
}
