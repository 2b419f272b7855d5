package io.dataprism.kernel.process;

import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.WireInput;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether a child is there, what it uses, and whether its plugin's thread gets on. Beats arrive on the thread that reads; who looks is the clock. */
final class Vital {
    private static final long LOOK_MILLIS = 200;
    /** So many looks in a row without a beat, and it is given up: in a second. */
    private static final int MOST_SILENT = 4;
    /** The same where the system says that the child works, or would if it got a processor. */
    private static final int MOST_SILENT_AT_WORK = 25;

    /** Is told why a child is given up. */
    @FunctionalInterface
    interface Lost {
        void because(String code, String what);
    }

    private final ChildTerms terms;
    private final ChildProcess process;
    private final BooleanSupplier paused;
    private final Lost lost;
    private volatile boolean heard;
    private volatile long busyMillis;
    private volatile @Nullable ScheduledFuture<?> looking;

    // Of the clock.
    private int silent;
    private boolean given;

    /** @param paused whether the kernel itself does not listen */
    Vital(ChildTerms terms, ChildProcess process, BooleanSupplier paused, Lost lost) {
        this.terms = terms;
        this.process = process;
        this.paused = paused;
        this.lost = lost;
    }

    void begin() {
        looking = terms.deployment()
                .clock()
                .scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void end() {
        ScheduledFuture<?> begun = looking;
        if (begun != null) {
            begun.cancel(false);
        }
    }

    /** The child has done something that only who is there does. */
    void heard() {
        heard = true;
    }

    /** The child says that it is there. What it used of a processor is not for it to say. */
    void beat(WireInput in) throws MalformedFrameException {
        in.i64();
        in.i64();
        busyMillis = in.i64();
        heard = true;
    }

    private String seconds() {
        return silent >= MOST_SILENT_AT_WORK ? "5 seconds" : "a second";
    }

    private void look() {
        if (given) {
            return;
        }
        if (heard || paused.getAsBoolean() || process.isPaused()) {
            heard = false;
            silent = 0;
        } else if (++silent >= MOST_SILENT && (silent >= MOST_SILENT_AT_WORK || !process.isAtWork())) {
            given = true;
            lost.because(
                    "DP-0985", "its process " + process.pid() + " did not answer for " + seconds() + ", and was ended");
            return;
        }
        if (busyMillis > terms.slice().toMillis()) {
            given = true;
            lost.because(
                    "DP-0986",
                    "its code ran for more than " + busyMillis + " ms without a pause, so that its process was"
                            + " ended. Hand long work to PluginContext.blocking, and look for an endless loop");
        }
    }
}
