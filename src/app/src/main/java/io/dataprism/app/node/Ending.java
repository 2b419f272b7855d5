package io.dataprism.app.node;

import io.dataprism.app.ExitCode;
import io.dataprism.kernel.Kernel;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The end of a node, which somebody may ask for before it has come up: then its kernel is closed at once, and what is on its way up has no longer
 * than a stop may take. Safe to use from any thread.
 */
public final class Ending {
    private final CountDownLatch asked = new CountDownLatch(1);
    private @Nullable Kernel starting;
    private int exitCode = ExitCode.OK;

    /** End it; does not block. */
    public void ask() {
        askFor(ExitCode.OK);
    }

    /** End it with this value, unless somebody has asked for its end before; does not block. */
    public synchronized void askFor(int code) {
        if (!isAsked()) {
            exitCode = code;
        }
        asked.countDown();
        cutShort();
    }

    /** The node comes up on {@code kernel}. */
    public synchronized void comesUp(Kernel kernel) {
        starting = kernel;
        if (isAsked()) {
            cutShort();
        }
    }

    private void cutShort() {
        if (starting != null) {
            starting.close(starting.options().closeWithin());
        }
    }

    /** It is up: from now on it ends in the order of {@link RunningNode#close}. */
    public synchronized void isUp() {
        starting = null;
    }

    /** With which value the process is to end. */
    public synchronized int exitCode() {
        return exitCode;
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Wait until somebody asks. */
    public void await() throws InterruptedException {
        asked.await();
    }
}
