package io.dataprism.app;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on standard error, for work that turns out to take longer than a second; nothing where that is no terminal. Methods
 * may be called from any thread.
 */
public final class Progress implements AutoCloseable {
    private static final int REDRAW_MILLIS = 150;
    private static final String TO_THE_END = "\u001b[K";
    private static final String CLEAR = "\r" + TO_THE_END;

    /** Whether a bar stands on the line where whatever is printed next would go on. */
    private static volatile boolean drawn;

    private final Screen screen;
    private final String task;
    private final @Nullable ScheduledExecutorService starter;
    private @Nullable ProgressBar bar;
    private long done;
    private long total;
    private String note = "";

    private Progress(Screen screen, String task, long total) {
        this.screen = screen;
        this.task = task;
        this.total = total;
        this.starter = screen.isInteractive() ? Executors.newSingleThreadScheduledExecutor(Progress::thread) : null;
        if (starter != null) {
            starter.schedule(this::show, 1, TimeUnit.SECONDS);
        }
    }

    /** Begin; {@code total} may be 0 while it is not known. */
    public static Progress of(Screen screen, String task, long total) {
        return new Progress(screen, task, total);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dataprism-progress");
        thread.setDaemon(true);
        return thread;
    }

    private synchronized void show() {
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total == 0 ? -1 : total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .hideEta()
                // Else the bar stands still, and its note is an old one, for as long as a step takes
                .continuousUpdate()
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, screen.width() - 1))
                .build();
        bar.stepTo(done);
        bar.setExtraMessage(note);
    }

    /** What clears the line of a bar that stands there, for who prints whole lines to standard error. */
    static String clearing() {
        return drawn ? CLEAR : "";
    }

    private void draw(String line) {
        drawn = true;
        screen.err().print("\r" + line + TO_THE_END);
        screen.err().flush();
    }

    /** It is known now how much there is to do. */
    public synchronized void total(long steps) {
        total = steps;
        with(shown -> shown.maxHint(steps));
    }

    /** So much is done; {@code now} is what comes next. */
    public synchronized void at(long steps, String now) {
        done = steps;
        note = now;
        with(shown -> shown.stepTo(steps).setExtraMessage(now));
    }

    private void with(Consumer<ProgressBar> change) {
        if (bar != null) {
            change.accept(bar);
        }
    }

    @Override
    public synchronized void close() {
        if (starter != null) {
            starter.shutdownNow();
        }
        if (bar != null) {
            bar.close();
            bar = null;
            drawn = false;
            screen.err().print(CLEAR);
            screen.err().flush();
        }
    }
}
