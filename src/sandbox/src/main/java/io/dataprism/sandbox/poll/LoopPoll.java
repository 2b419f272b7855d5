package io.dataprism.sandbox.poll;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The poll of one plugin's classes. Until the plugin is condemned it does nothing, and compiled code has nothing of it. From then on each look into it
 * throws, in loops and at the begin of methods, so that whatever the plugin's code catches, the frame that caught it ends too. Code that was made to
 * catch that for ever, as no compiler makes it, is put to sleep for good: its thread is lost, its core is not. Safe to use from any thread.
 */
public final class LoopPoll {
    /** A stack has no more frames than that by far, each of which catches once on the way out. */
    static final int MOST_CAUGHT = 200_000;

    private static final MethodType TYPE = MethodType.methodType(void.class, boolean.class);
    private static final MethodHandle NOTHING = MethodHandles.empty(TYPE);
    private static final MethodHandle END = end();

    private final String plugin;
    private final MutableCallSite site = new MutableCallSite(NOTHING);
    private final MethodHandle handle = site.dynamicInvoker();
    private final AtomicInteger caught = new AtomicInteger();
    private volatile boolean condemned;

    /** @param plugin for messages */
    public LoopPoll(String plugin) {
        this.plugin = plugin;
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
        if (caught.incrementAndGet() > MOST_CAUGHT) {
            caught.set(MOST_CAUGHT);
            sleep();
        }
        if (!wasCaught) {
            throw new CondemnedError(plugin);
        }
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
