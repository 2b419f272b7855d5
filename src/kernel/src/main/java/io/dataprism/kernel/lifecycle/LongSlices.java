package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.vertx.Mailbox;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slices that run for long, wherever they run: each is shown once, as {@code plugin.<id>.stuck} with what its thread does, and its end as {@code
 * plugin.<id>.freed}. Long before it is ended, so that the operator knows who holds up what. Owned by the lifecycle thread.
 */
final class LongSlices {
    private static final Logger LOG = LoggerFactory.getLogger(LongSlices.class);

    /** Longer than anything that is handed to a plugin's slices should take. */
    static final Duration LONG = Duration.ofSeconds(2);

    private record Shown(Mailbox mailbox, long slice) {}

    private final Journal journal;
    private final Map<HostedPlugin, Shown> shown = new HashMap<>();

    LongSlices(Journal journal) {
        this.journal = journal;
    }

    /**
     * Show the slice that {@code hosted} runs, where it has run for long and was not shown before.
     *
     * @param limit after which a running plugin's is ended
     * @return whether it has run for long
     */
    boolean show(HostedPlugin hosted, Duration limit) {
        return hosted.mailbox().map(mailbox -> show(hosted, mailbox, limit)).orElse(false);
    }

    private boolean show(HostedPlugin hosted, Mailbox mailbox, Duration limit) {
        OptionalLong began = mailbox.sliceStartedNanos();
        Duration most = limit.compareTo(LONG) < 0 ? limit : LONG;
        if (began.isEmpty() || System.nanoTime() - began.getAsLong() <= LifecycleThread.nanos(most)) {
            return false;
        }
        Shown before = shown.get(hosted);
        if (before == null || before.slice != began.getAsLong()) {
            shown.put(hosted, new Shown(mailbox, began.getAsLong()));
            mailbox.runningOn().ifPresent(thread -> tell(hosted, thread, began.getAsLong()));
        }
        return true;
    }

    private void tell(HostedPlugin hosted, Thread thread, long began) {
        Frames frames = Frames.of(thread, hosted.record().key().toString());
        journal.stuck(hosted.id(), frames, millisSince(began));
    }

    /** Tell of those that have ended since. To be called at each check. */
    void look() {
        Iterator<Map.Entry<HostedPlugin, Shown>> all = shown.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<HostedPlugin, Shown> each = all.next();
            OptionalLong now = each.getValue().mailbox.sliceStartedNanos();
            if (now.isEmpty() || now.getAsLong() != each.getValue().slice) {
                all.remove();
                long millis = millisSince(each.getValue().slice);
                LOG.info("plugin {}: its code paused after {} ms", each.getKey().id(), millis);
                journal.publish(
                        "plugin." + each.getKey().id() + ".freed",
                        new JsonObject().put("id", each.getKey().id().value()).put("ms", millis));
            }
        }
    }

    private static long millisSince(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }
}
