package io.dataprism.kernel.vertx;

/**
 * Room on the calling thread's stack for what must not break off in the middle. A plugin may call itself until its stack ends and call the kernel there:
 * then the error is to come before the kernel has begun with something that others wait for, not while it is at it.
 */
public final class StackRoom {
    private static final int CALLS = 100;
    private static final int CALLS_OF_VERTX = 300;

    private StackRoom() {}

    /** @throws StackOverflowError where there is no room for some kilobytes more */
    public static void require() {
        calls(CALLS);
    }

    /** The same for what Vert.x does to have something run elsewhere: its queues would stand still for good. */
    static void requireForVertx() {
        calls(CALLS_OF_VERTX);
    }

    private static int calls(int left) {
        return left == 0 ? 0 : 1 + calls(left - 1);
    }
}
