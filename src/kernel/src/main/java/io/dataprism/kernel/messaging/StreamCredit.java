package io.dataprism.kernel.messaging;

/**
 * What a stream may still send. Told of more by any thread, used by one. The credit is told as totals, so that it does no harm to be told late,
 * twice, or in another order.
 */
final class StreamCredit {
    private final long mostBytes;
    private final int ahead;

    // Guarded by this.
    private long allowed;
    private long takenBytes;
    private long sent;
    private long sentBytes;
    private boolean starved;

    StreamCredit(StreamTerms terms) {
        this.ahead = terms.items();
        this.allowed = terms.items();
        this.mostBytes = terms.bytes();
    }

    /** Whether one more may be sent; if not, {@link #allow} will say when. */
    synchronized boolean mayGoOn() {
        starved = !hasRoom();
        return !starved;
    }

    private boolean hasRoom() {
        boolean nothingOnItsWay = sent <= allowed - ahead;
        return sent < allowed && (nothingOnItsWay || sentBytes - takenBytes < mostBytes);
    }

    synchronized void sent(int weight) {
        sent++;
        sentBytes += weight;
    }

    /** Whether who was refused may go on now. */
    synchronized boolean allow(long items, long bytes) {
        allowed = Math.max(allowed, items);
        takenBytes = Math.max(takenBytes, bytes);
        if (!starved || !hasRoom()) {
            return false;
        }
        starved = false;
        return true;
    }

    /** Whether it waits for who reads. */
    synchronized boolean isStarved() {
        return starved;
    }

    synchronized long sent() {
        return sent;
    }
}
