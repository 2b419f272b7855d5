package io.dataprism.kernel.vertx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mailboxes that took an entry and whose announcement to their scheduler broke off, it is not known where: a sender's stack ended, as a plugin's does
 * that calls itself until there is no more and sends then, or the heap was full. Whoever the mailbox belongs to must not pay for that. Those of all kernels
 * of the JVM; whichever kernel looks first announces them again. Safe to use from any thread.
 */
final class Unannounced {
    private static final Logger LOG = LoggerFactory.getLogger(Unannounced.class);

    /** Linked by {@link SerialMailbox#nextUnannounced}. Changed under the lock of this. */
    volatile @Nullable SerialMailbox first;

    synchronized void add(SerialMailbox mailbox) {
        if (!mailbox.unannounced) {
            mailbox.unannounced = true;
            mailbox.nextUnannounced = first;
            first = mailbox;
        }
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Announce each of them again. */
    void announceAgain() {
        if (!isEmpty()) {
            takeAll().forEach(this::announce);
        }
    }

    private synchronized List<SerialMailbox> takeAll() {
        List<SerialMailbox> all = new ArrayList<>();
        for (SerialMailbox next = first; next != null; next = next.nextUnannounced) {
            all.add(next);
        }
        first = null;
        for (SerialMailbox mailbox : all) {
            mailbox.nextUnannounced = null;
            mailbox.unannounced = false;
        }
        return all;
    }

    private void announce(SerialMailbox mailbox) {
        try {
            mailbox.announce();
        } catch (VirtualMachineError stillNoRoom) {
            add(mailbox);
        } catch (RuntimeException over) {
            LOG.debug("A mailbox could not be announced again; its threads have ended", over);
        }
    }
}
