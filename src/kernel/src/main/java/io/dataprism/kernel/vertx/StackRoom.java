package io.dataprism.kernel.vertx;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Room on the calling thread's stack for what must not break off in the middle. A plugin may call itself until its stack ends and call the kernel there:
 * then the error is to come before the kernel has begun with something that others wait for, not while it is at it.
 *
 * <p>Nothing tells how much of a stack is left, so it is tried out. The compilers make a method that only calls itself so small that hundreds of calls are
 * hardly a kilobyte, while what they must leave room for may well run uncompiled. So each call here has a frame that no compiler makes smaller than
 * {@value #FRAME_BYTES} bytes: it must hold the arguments of another call that is hardly ever made.
 */
public final class StackRoom {
    /** As measured with both compilers and without, on JDK 17 and 25. */
    private static final int FRAME_BYTES = 140;

    private static final int FRAMES = 6_000 / FRAME_BYTES;
    private static final int FRAMES_FOR_VERTX = 14_000 / FRAME_BYTES;
    private static final int FRAMES_TO_SEND = 24_000 / FRAME_BYTES;
    /** How often the wide call is left out. A branch that is never taken is compiled to nothing. */
    private static final int SELDOM = 1023;

    private StackRoom() {}

    /** @throws StackOverflowError where there is no room for 6 kB more */
    public static void require() {
        frames(FRAMES, ThreadLocalRandom.current().nextInt());
    }

    /**
     * The same for what Vert.x does to have something run elsewhere: its queues would stand still for good.
     *
     * @throws StackOverflowError where there is no room for 14 kB more
     */
    static void requireForVertx() {
        frames(FRAMES_FOR_VERTX, ThreadLocalRandom.current().nextInt());
    }

    /**
     * The same for what itself puts something into a mailbox of another plugin's or of the host's, and must not end half done when there is no room for that.
     *
     * @throws StackOverflowError where there is no room for 24 kB more
     */
    public static void requireToSend() {
        frames(FRAMES_TO_SEND, ThreadLocalRandom.current().nextInt());
    }

    private static long frames(int left, long s) {
        long below = left == 0 ? 0 : frames(left - 1, s + 1);
        if ((below & SELDOM) != SELDOM) {
            return below + s;
        }
        return wide(s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s);
    }

    private static long wide(
            long a0,
            long a1,
            long a2,
            long a3,
            long a4,
            long a5,
            long a6,
            long a7,
            long a8,
            long a9,
            long a10,
            long a11,
            long a12,
            long a13,
            long a14,
            long a15,
            long a16,
            long a17,
            long a18,
            long a19,
            long a20,
            long a21,
            long a22,
            long a23,
            long a24,
            long a25,
            long a26,
            long a27,
            long a28,
            long a29,
            long a30,
            long a31) {
        return a0 ^ a1 ^ a2 ^ a3 ^ a4 ^ a5 ^ a6 ^ a7 ^ a8 ^ a9 ^ a10 ^ a11 ^ a12 ^ a13 ^ a14 ^ a15 ^ a16 ^ a17 ^ a18
                ^ a19 ^ a20 ^ a21 ^ a22 ^ a23 ^ a24 ^ a25 ^ a26 ^ a27 ^ a28 ^ a29 ^ a30 ^ a31;
    }
}
