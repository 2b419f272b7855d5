package io.dataprism.sandbox.poll;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.MethodVisitor;

/** Which polls the methods of one class have: all, or fewer where a method has no room left. */
public final class PolledMethods {
    private enum Polls {
        ALL,
        LOOPS,
        NONE
    }

    private final Polls usual;
    private final Map<String, Polls> fewer = new HashMap<>();

    /** @param polled whether there are any */
    public PolledMethods(boolean polled) {
        usual = polled ? Polls.ALL : Polls.NONE;
    }

    /** {@code to} with the polls of a method, given by its name and descriptor. */
    public MethodVisitor polling(String method, MethodVisitor to) {
        Polls polls = of(method);
        return polls == Polls.NONE ? to : new PollingMethod(to, polls == Polls.ALL);
    }

    private Polls of(String method) {
        return fewer.getOrDefault(method, usual);
    }

    /** Have fewer polls in a method, which became too large; whether there were any. */
    public boolean fewerIn(String method) {
        Polls before = of(method);
        fewer.put(method, before == Polls.ALL ? Polls.LOOPS : Polls.NONE);
        return before != Polls.NONE;
    }
}
