package io.dataprism.app.node;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * SIGTERM and SIGINT: the first asks for an orderly end, a second one ends the process at once. The JVM's own handling would run
 * shutdown hooks and ignore every further signal, so it is replaced; {@code sun.misc.Signal}, the one way to do so, is reached by
 * reflection because the compiler warns of it. Where it is missing, the JVM's own handling stays.
 */
public final class Signals {
    /** What a shell calls a process that ended by signal 0. */
    private static final int ENDED_BY = 128;

    private Signals() {}

    /**
     * Take both signals.
     *
     * @param end run at the first, on a thread of the JVM's; must not block
     */
    public static void onEnd(Runnable end) {
        onEnd(exitCode -> end.run());
    }

    /**
     * The same for what is ended by signals alone.
     *
     * @param end gets the exit code that says which signal it was
     */
    public static void onEnd(IntConsumer end) {
        Counter counter = new Counter(end);
        take("TERM", 15, counter);
        take("INT", 2, counter);
    }

    /** Runs the action once, and halts at the second call. */
    private static final class Counter {
        private final IntConsumer end;
        private boolean seen;

        Counter(IntConsumer end) {
            this.end = end;
        }

        synchronized void signalled(int number) {
            if (seen) {
                Runtime.getRuntime().halt(ENDED_BY + number);
            }
            seen = true;
            end.accept(ENDED_BY + number);
        }
    }

    private static void take(String name, int number, Counter counter) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            InvocationHandler call =
                    (proxy, method, args) -> answer(proxy, method, args, () -> counter.signalled(number));
            handle.invoke(
                    null,
                    signal.getConstructor(String.class).newInstance(name),
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, call));
        } catch (InvocationTargetException | IllegalArgumentException e) {
            throw new IllegalStateException("Signal " + name + " cannot be taken", e);
        } catch (ReflectiveOperationException e) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> counter.signalled(number), "dataprism-signal"));
        }
    }

    private static Object answer(Object proxy, Method method, Object[] args, Runnable signalled) {
        return switch (method.getName()) {
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "DataPrism's signal handler";
            default -> {
                signalled.run();
                yield true;
            }
        };
    }
}
