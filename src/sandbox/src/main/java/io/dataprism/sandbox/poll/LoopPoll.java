package io.dataprism.sandbox.poll;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The poll of one plugin's classes. Until the plugin is condemned it does nothing, and compiled code has nothing of it. From then on each look into it
 * throws, in loops and at the begin of methods, so that whatever the plugin's code catches, the frame that caught it ends too. Code that was made to
 * catch that for ever, as no compiler makes it, is put to sleep for good: its thread is lost, its core is not. That is for threads in the middle of the
 * plugin's code: who calls it from outside, however often, only gets the error, and so do the JVM's own threads. Safe to use from any thread.
 */
public final class LoopPoll {
    /** A stack has no more frames than that by far, each of which catches once on the way out. */
    static final int MOST_CAUGHT = 200_000;

    private static final MethodType TYPE = MethodType.methodType(void.class, boolean.class);
    private static final MethodHandle NOTHING = MethodHandles.empty(TYPE);
    private static final MethodHandle END = end();

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** Threads that work for all: without them the JVM stands still. */
    private static final Set<String> OF_THE_JVM = Set.of(
            "java.lang.ref.Finalizer$FinalizerThread",
            "java.lang.ref.Reference$ReferenceHandler",
            "java.util.concurrent.ForkJoinWorkerThread$InnocuousForkJoinWorkerThread",
            "jdk.internal.misc.InnocuousThread");

    private final String plugin;
    private final Predicate<Class<?>> own;
    private final MutableCallSite site = new MutableCallSite(NOTHING);
    private final MethodHandle handle = site.dynamicInvoker();
    /** How often it threw, on each thread. */
    private final ThreadLocal<int[]> thrown = ThreadLocal.withInitial(() -> new int[1]);

    private volatile boolean condemned;

    /**
     * @param plugin for messages
     * @param own whether a class is the plugin's
     */
    public LoopPoll(String plugin, Predicate<Class<?>> own) {
        this.plugin = plugin;
        this.own = own;
    }

    private static MethodHandle end() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(LoopPoll.class, "end", MethodType.methodType(void.class, boolean.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** One that is never condemned. */
    public static MethodHandle never() {
        return NOTHING;
    }

    /** What polling code calls: with whether it stands where an exception was caught, which is let through. */
    public MethodHandle handle() {
        return handle;
    }

    /** Have the plugin's code end, on all threads, now and whenever it is called again. Nothing undoes that. */
    public synchronized void condemn() {
        if (!condemned) {
            condemned = true;
            site.setTarget(END.bindTo(this));
            MutableCallSite.syncAll(new MutableCallSite[] {site});
        }
    }

    public boolean isCondemned() {
        return condemned;
    }

    /** {@code text}, with a poll at each character. */
    public CharSequence polled(CharSequence text) {
        return new PolledText(this, text);
    }

    /** Where the JDK asks for a part of something that is the plugin's. */
    void look() {
        if (condemned) {
            end(false);
        }
    }

    /** In a condemned plugin's code, on whatever thread that runs. */
    void end(boolean wasCaught) {
        int[] times = thrown.get();
        times[0]++;
        if (times[0] > MOST_CAUGHT) {
            times[0] = 0;
            if (!worksForAll(Thread.currentThread()) && (wasCaught || isInside())) {
                sleep();
            }
        }
        if (!wasCaught) {
            throw new CondemnedError(plugin);
        }
    }

    private static boolean worksForAll(Thread thread) {
        Class<?> type = thread.getClass();
        return OF_THE_JVM.contains(type.getName())
                || (thread instanceof ForkJoinWorkerThread worker
                        && type.getClassLoader() == null
                        && worker.getPool() == ForkJoinPool.commonPool());
    }

    /** Whether the plugin's code was running, and did not just begin to, called by others. */
    private boolean isInside() {
        return STACK.walk(stack -> {
            Iterator<StackWalker.StackFrame> frames = stack.filter(frame -> own.test(frame.getDeclaringClass())
                            && !frame.getClassName().equals(PollClass.NAME))
                    .iterator();
            return frames.hasNext() && (frames.next().getByteCodeIndex() > 0 || frames.hasNext());
        });
    }

    /** For good. An interrupted thread would not stay asleep. */
    private void sleep() {
        while (condemned) {
            if (!Thread.interrupted()) {
                LockSupport.park(this);
            }
        }
    }
}
