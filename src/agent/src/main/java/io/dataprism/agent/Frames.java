package io.dataprism.agent;

import io.dataprism.sandbox.rules.ResourceLines;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the JDK's own frames are taken, as {@code frames.txt} has it: which of them act for themselves whoever stands behind them, and which only hand on what
 * they were given. Immutable.
 */
final class Frames {
    private final Set<String> doors;
    private final List<String> handing;
    private final Set<String> acting;
    private final Set<String> upcalls;
    private final Set<String> again;

    private Frames(
            Set<String> doors, List<String> handing, Set<String> acting, Set<String> upcalls, Set<String> again) {
        this.doors = Set.copyOf(doors);
        this.handing = List.copyOf(handing);
        this.acting = Set.copyOf(acting);
        this.upcalls = Set.copyOf(upcalls);
        this.again = Set.copyOf(again);
    }

    static Frames read() {
        Set<String> doors = new HashSet<>();
        List<String> handing = new ArrayList<>();
        Set<String> acting = new HashSet<>();
        Set<String> upcalls = new HashSet<>();
        Set<String> again = new HashSet<>();
        for (String line : ResourceLines.of(Frames.class, "frames.txt")) {
            String[] words = line.split(" +", 3);
            switch (words[0]) {
                case "door" -> doors.add(words[1]);
                case "hands" -> handing.add(words[1]);
                case "acts" -> acting.add(words[1]);
                case "upcall" -> upcalls.add(words[1]);
                case "again" -> again.add(words[1]);
                default -> throw new IllegalStateException("frames.txt: '" + line + "' is no line of it");
            }
        }
        return new Frames(doors, handing, acting, upcalls, again);
    }

    /** Whether what the JDK does in that method, and whatever it calls from there, is not done for who called it. */
    boolean isDoor(StackFrame frame) {
        String className = frame.getClassName();
        String method = frame.getMethodName();
        return method.equals("<clinit>")
                || doors.contains(className)
                || doors.contains(outermost(className))
                || doors.contains(className + "." + method);
    }

    /** Whether a class of the JDK calls what it was given to call, so that its caller is who calls. */
    boolean handsOn(String className) {
        if (acting.contains(outermost(className)) || acting.contains(packageOf(className))) {
            return false;
        }
        for (String begin : handing) {
            if (className.startsWith(begin)) {
                return true;
            }
        }
        return false;
    }

    /** With a dot at its end. */
    private static String packageOf(String className) {
        return className.substring(0, className.lastIndexOf('.') + 1);
    }

    private static String outermost(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }

    /** Whether the JVM itself calls that method, named as {@code package.Type.method}, where code says nothing of it. */
    boolean isUpcall(String method) {
        return upcalls.contains(method);
    }

    /** Whether that method asks though one asked that called it: what it is given can't be changed any more. */
    boolean asksAgain(String method) {
        return again.contains(method);
    }
}
