package io.dataprism.kernel.testing;

/** Somebody calls itself until its stack ends, and does something there: an error may come between any two steps of that. */
public final class StackEnd {
    /** At how many places before the end something should be tried. */
    public static final int PLACES = 250;

    private final int stack;
    private final int reach;

    /**
     * @param stack how many bytes the stacks of the threads have
     * @param reach how many bytes before the end the places begin
     */
    public StackEnd(int stack, int reach) {
        this.stack = stack;
        this.reach = reach;
    }

    /** Run {@code action} at the end of the calling thread's stack, or a number of places before it. What the stack has no room for is left. */
    public void run(int place, Runnable action) {
        int end = at(Integer.MAX_VALUE, 0, action);
        // How large a frame is depends on whether it is compiled.
        int frame = Math.max(1, stack / end);
        at(end - place * (reach / PLACES) / frame, 0, action);
    }

    private static int at(int left, int depth, Runnable action) {
        try {
            return left == 0 ? done(depth, action) : at(left - 1, depth + 1, action);
        } catch (StackOverflowError end) {
            return depth;
        }
    }

    private static int done(int depth, Runnable action) {
        action.run();
        return depth;
    }
}
