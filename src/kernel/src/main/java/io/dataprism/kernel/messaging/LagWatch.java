package io.dataprism.kernel.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a plugin falls behind its messages, once, and once when it has caught up. It is behind when half of what its mailbox takes
 * waits, or something has waited for long; it has caught up at half of that. One thread at a time.
 */
final class LagWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);

    private final Duration old;

    /** @param old how long a message may wait until its receiver is behind */
    LagWatch(Duration old) {
        this.old = old;
    }

    /** Those that fell behind or caught up since the last time. */
    List<Lag> changes(Collection<Party> parties) {
        List<Lag> changes = new ArrayList<>();
        for (Party party : parties) {
            if (party instanceof PluginParty plugin && (plugin.isBehind() || plugin.waiting() > 0)) {
                look(plugin, changes);
            }
        }
        return changes;
    }

    private void look(PluginParty plugin, List<Lag> changes) {
        Lag lag = LagSurvey.of(plugin);
        boolean before = plugin.isBehind();
        boolean now = before ? exceeds(lag, 4) : exceeds(lag, 2);
        if (now != before) {
            plugin.behind(now);
            Lag changed = LagSurvey.of(plugin);
            changes.add(changed);
            say(now, lag);
        }
    }

    private boolean exceeds(Lag lag, int part) {
        return lag.waiting() > lag.limitMessages() / part
                || lag.bytes() > lag.limitBytes() / part
                || lag.oldest().compareTo(old.multipliedBy(2).dividedBy(part)) > 0;
    }

    private static void say(boolean behind, Lag lag) {
        if (behind) {
            LOG.warn(
                    "{} is behind: {} messages of {} bytes wait for it, the oldest for {} ms; {} were refused and {} dropped so far.",
                    lag.who(),
                    lag.waiting(),
                    lag.bytes(),
                    lag.oldest().toMillis(),
                    lag.refused(),
                    lag.dropped());
        } else {
            LOG.info("{} has caught up with its messages.", lag.who());
        }
    }
}
