package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.sandbox.PluginClassLoader;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;

/**
 * Where in a plugin's own code the calling thread is: its frame that is next to the kernel's. The stack is walked for that, so it is asked for only once something
 * was refused. Safe to use from any thread; made before a plugin is on a stack.
 */
public final class CallerPlaces {
    /** Whoever asks is a few frames below the facade that it called; where it is not on the stack, nobody looks through all of it. */
    private static final int MOST_FRAMES = 200;

    private final StackWalker stack = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    /** Class, method, file and line; empty where no code of {@code caller}'s is on the stack, as where it asked some time ago. */
    public String of(Caller caller) {
        return stack.walk(frames -> frames.limit(MOST_FRAMES)
                .filter(frame -> isOf(frame.getDeclaringClass(), caller))
                .findFirst()
                .map(CallerPlaces::text)
                .orElse(""));
    }

    private static boolean isOf(Class<?> type, Caller caller) {
        return type.getClassLoader() instanceof PluginClassLoader loader
                && loader.getName().startsWith(caller.name() + '@');
    }

    /** Its author chose these names. */
    private static String text(StackFrame frame) {
        int line = frame.getLineNumber();
        return PluginException.excerpt(frame.getClassName()) + "." + PluginException.excerpt(frame.getMethodName())
                + " (" + PluginException.excerpt(String.valueOf(frame.getFileName()))
                + (line < 0 ? "" : ":" + line) + ")";
    }
}
