package io.dataprism.kernel.vertx;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mailboxes that took an entry and whose announcement to their scheduler broke off, it is not known where: the heap was full, or a stack ended in spite
 * of {@link SliceScheduler#requireRoom}. Whoever the mailbox belongs to must not pay for that. Those of all kernels of the JVM; whichever kernel looks
 * first announces them again. Safe to use from any thread.
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

    /** Announce each of them again. Takes no room of the heap, which may be why they are here. */
    void announceAgain() {
        SerialMailbox mailbox = isEmpty() ? null : takeAll();
        while (mailbox != null) {
            SerialMailbox next = unlink(mailbox);
            announce(mailbox);
            mailbox = next;
        }
    }

    private synchronized @Nullable SerialMailbox takeAll() {
        SerialMailbox all = first;
        first = null;
        return all;
    }

    /** Whoever breaks off from now on puts {@code mailbox} here again; before that, it was about to be announced. Returns the next one. */
    private synchronized @Nullable SerialMailbox unlink(SerialMailbox mailbox) {
        SerialMailbox next = mailbox.nextUnannounced;
        mailbox.nextUnannounced = null;
        mailbox.unannounced = false;
        return next;
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
