package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.text.OneLine;
import io.dataprism.sandbox.poll.PollClass;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a thread does, told in lines: the names of classes and methods are the plugin's to choose.
 *
 * @param thread its name
 * @param state whether it runs, waits, or is blocked
 * @param lines the stack, the innermost frame first, as many as are worth reading
 * @param own the innermost frame of the plugin's own; empty where there is none among them
 */
record Frames(String thread, String state, List<String> lines, Optional<String> own) {
    private static final int MOST = 64;
    private static final int LONGEST = 300;

    /**
     * Of a thread that runs on meanwhile.
     *
     * @param loader the name of the plugin's class loader
     */
    static Frames of(Thread thread, String loader) {
        return of(thread.getName(), thread.getState(), thread.getStackTrace(), loader::equals);
    }

    /** @param isOwn whether a class loader of that name is the plugin's */
    static Frames of(String thread, Thread.State state, StackTraceElement[] stack, Predicate<String> isOwn) {
        List<String> lines = new ArrayList<>();
        Optional<String> own = Optional.empty();
        for (StackTraceElement frame : stack) {
            String line = line(frame.toString());
            if (own.isEmpty() && isOwn(frame, isOwn)) {
                own = Optional.of(line);
            }
            if (lines.size() < MOST) {
                lines.add(line);
            }
        }
        return new Frames(line(thread), state.name(), List.copyOf(lines), own);
    }

    private static boolean isOwn(StackTraceElement frame, Predicate<String> isOwn) {
        return frame.getClassLoaderName() != null
                && isOwn.test(frame.getClassLoaderName())
                && !frame.getClassName().equals(PollClass.NAME);
    }

    /** {@code text} in one line of the log, whatever is in it. */
    static String line(String text) {
        return OneLine.of(text, LONGEST);
    }

    /** Whether it waits, and so does not compute. */
    boolean waits() {
        return !state.equals(Thread.State.RUNNABLE.name());
    }

    /** Where the plugin's code is, for a message. */
    String at() {
        return own.or(() -> lines.stream().findFirst()).orElse("a place that can't be told");
    }

    /** For the log. */
    String text() {
        return "thread " + thread + ", " + state
                + lines.stream()
                        .map(line -> System.lineSeparator() + "    at " + line)
                        .collect(Collectors.joining());
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("thread", thread)
                .put("threadState", state)
                .put("at", at())
                .put("stack", new JsonArray(lines));
    }
}
