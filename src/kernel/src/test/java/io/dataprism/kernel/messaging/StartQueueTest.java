package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that wait for a plugin which does not run yet. */
class StartQueueTest {
    private final StartQueue queue = new StartQueue();
    private final List<String> told = new ArrayList<>();

    /** One that tells what it is asked to do. */
    private final class Call implements StartQueue.Waiting {
        private final String name;
        private final Runnable meanwhile;

        Call(String name, Runnable meanwhile) {
            this.name = name;
            this.meanwhile = meanwhile;
        }

        @Override
        public void ask() {
            told.add(name + " asks");
        }

        @Override
        public void go() {
            told.add(name + " goes");
            meanwhile.run();
        }
    }

    private Call call(String name) {
        return new Call(name, () -> {});
    }

    @Test
    void theNextAsksWhereTheFirstDoesNotStartIt() {
        Call rest = call("rest");
        Call work = call("work");
        assertTrue(queue.add("p", rest));
        assertFalse(queue.add("p", work));
        assertFalse(queue.add("p", call("third")));
        queue.leave("p", rest);
        assertEquals(List.of("rest goes", "work asks"), told);
        queue.release("p");
        assertEquals(List.of("rest goes", "work asks", "work goes", "third goes"), told);
        assertTrue(queue.isEmpty());
    }

    @Test
    void whoComesWhileOneIsRefusedAsksForItself() {
        List<Boolean> first = new ArrayList<>();
        Call refused = new Call("refused", () -> first.add(queue.add("p", call("work"))));
        queue.add("p", refused);
        queue.leave("p", refused);
        assertEquals(List.of(true), first);
    }

    @Test
    void whoComesWhileAStartFailsAsksForItself() {
        List<Boolean> first = new ArrayList<>();
        Call failed = new Call("failed", () -> first.add(queue.add("p", call("again"))));
        queue.add("p", failed);
        queue.add("p", call("second"));
        queue.giveUp("p", failed);
        assertEquals(List.of("failed goes", "second goes"), told);
        assertEquals(List.of(true), first);
    }

    @Test
    void whoComesWhileTheFirstIsReleasedGoesBehindIt() {
        Call late = call("late");
        Call first = new Call("first", () -> queue.addBehind("p", late));
        queue.add("p", first);
        queue.add("p", call("second"));
        queue.release("p");
        assertEquals(List.of("first goes", "second goes", "late goes"), told);
        assertFalse(queue.addBehind("p", late));
    }

    @Test
    void theEndOfAnEarlierStartDoesNotTouchThoseThatWaitForALaterOne() {
        Call early = call("early");
        queue.add("p", early);
        queue.release("p");
        told.clear();
        queue.add("p", call("later"));
        queue.giveUp("p", early);
        queue.leave("p", early);
        assertEquals(List.of(), told);
        assertFalse(queue.isEmpty());
    }
}
