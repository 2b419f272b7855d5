package io.dataprism.kernel.vertx;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The interruption of a thread that runs a plugin's code. Whatever that thread waits in takes part in it: the JVM wakes a selector or closes a
 * channel on the thread that interrupts, and where those are of the plugin's own making, the plugin's code runs there, may throw, and need not end. So
 * a thread of its own does it.
 */
final class Interruption {
    private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);

    private final CountDownLatch done = new CountDownLatch(1);

    private Interruption() {}

    /** Begin to interrupt {@code target}. To be called under the lock under which its work ends ({@link #end}), or where it does no other work. */
    static Interruption of(Thread target) {
        Interruption begun = new Interruption();
        Thread thread = new Thread(() -> begun.interrupt(target), "dataprism-interrupts");
        thread.setDaemon(true);
        thread.setContextClassLoader(Interruption.class.getClassLoader());
        thread.start();
        return begun;
    }

    /** The same, unless {@code before} is under way, which is answered then. */
    static Interruption of(Thread target, @Nullable Interruption before) {
        return before != null && before.isUnderWay() ? before : of(target);
    }

    private void interrupt(Thread target) {
        try {
            target.interrupt();
        } catch (Throwable e) {
            LOG.warn("The interruption of thread {} ran into an error of the plugin's", target.getName(), e);
        } finally {
            done.countDown();
        }
    }

    private boolean isUnderWay() {
        return done.getCount() > 0;
    }

    /**
     * End the calling thread's work, once no interruption of it is under way any more: what the thread does next must not be met by it.
     *
     * @param lock guards the interruption and the end
     * @param latest the last one that began; null where there was none
     * @param end done under the lock
     */
    static void end(Object lock, Supplier<@Nullable Interruption> latest, Runnable end) {
        Interruption awaited = attempt(lock, latest, end);
        while (awaited != null) {
            awaited.await();
            awaited = attempt(lock, latest, end);
        }
    }

    private static @Nullable Interruption attempt(Object lock, Supplier<@Nullable Interruption> latest, Runnable end) {
        synchronized (lock) {
            Interruption last = latest.get();
            if (last != null && last.isUnderWay()) {
                return last;
            }
            end.run();
            return null;
        }
    }

    private void await() {
        while (isUnderWay()) {
            try {
                done.await();
            } catch (InterruptedException e) {
                // It is what was waited for; whoever runs this thread's next work clears it away.
                Thread.onSpinWait();
            }
        }
    }
}
