package io.dataprism.kernel.messaging;

import io.dataprism.kernel.logging.LogLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a plugin, or an endpoint of the host or of a user, falls behind its messages, once, and once when it has caught up. It is behind when half of what its mailbox takes
 * waits, or something has waited for long; it has caught up at half of that. Of many endpoints that do so at
 * once the log names the first ones. One thread at a time.
 */
final class LagWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);

    private static final int MOST_SAID = 10;

    private final Duration old;
    private final LogLimit logged = new LogLimit();
    /** For whom something waited at the last look. */
    private final Set<Party> waited = new LinkedHashSet<>();

    /** @param old how long a message may wait until its receiver is behind */
    LagWatch(Duration old) {
        this.old = old;
    }

    /** Those of {@code parties}, and of those for which something waited at the last look, that fell behind or caught up since. */
    List<Lag> changes(Collection<Party> parties) {
        Set<Party> all = new LinkedHashSet<>(waited);
        all.addAll(parties);
        waited.clear();
        List<Lag> changes = new ArrayList<>();
        for (Party party : all) {
            if (party.isBehind() || party.waiting() > 0) {
                look(party).ifPresent(changes::add);
                waited.add(party);
            }
        }
        say(changes);
        return changes;
    }

    private Optional<Lag> look(Party party) {
        Lag lag = LagSurvey.of(party);
        boolean before = party.isBehind();
        boolean now = before ? exceeds(lag, 4) : exceeds(lag, 2);
        if (now == before) {
            return Optional.empty();
        }
        party.behind(now);
        return Optional.of(lag.withBehind(now));
    }

    private void say(List<Lag> changes) {
        changes.stream().filter(Lag::isOfPlugin).forEach(this::say);
        List<Lag> outside = changes.stream().filter(lag -> !lag.isOfPlugin()).toList();
        outside.stream().limit(MOST_SAID).forEach(this::say);
        List<Lag> unsaid = outside.stream().skip(MOST_SAID).toList();
        if (!unsaid.isEmpty()) {
            long behind = unsaid.stream().filter(Lag::behind).count();
            LOG.warn(
                    "{} more endpoints of the host and of users are behind, {} more have caught up. See dataprism plugins lag",
                    behind,
                    unsaid.size() - behind);
        }
    }

    private boolean exceeds(Lag lag, int part) {
        return lag.waiting() > lag.limitMessages() / part
                || lag.bytes() > lag.limitBytes() / part
                || lag.oldest().compareTo(old.multipliedBy(2).dividedBy(part)) > 0;
    }

    private void say(Lag lag) {
        logged.say(lag.who().toString(), more -> say(lag, more));
    }

    private static void say(Lag lag, String more) {
        if (lag.behind()) {
            LOG.warn(
                    "{} is behind: {} messages of {} bytes wait for it, the oldest for {} ms; {} were refused and {} dropped so far.{}",
                    lag.who(),
                    lag.waiting(),
                    lag.bytes(),
                    lag.oldest().toMillis(),
                    lag.refused(),
                    lag.dropped(),
                    more);
        } else {
            LOG.info("{} has caught up with its messages.{}", lag.who(), more);
        }
    }
}
