package io.dataprism.kernel.messaging;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ids of messages, as numbers until somebody asks for the text: which node made it in the upper bits, its number there in the lower ones. Nodes
 * that are met get a place here; where too many were, what more there come have no ids here. Safe to use from any thread.
 */
final class MessageIds {
    /** In headers. */
    static final String ID = "dp-id";

    static final String CAUSE = "dp-cause";
    /** No message. */
    static final long NONE = 0;
    /** Whoever sends takes so many numbers at once. */
    static final long BLOCK = 1 << 12;

    private static final int NUMBER_BITS = 47;
    private static final long NUMBER = (1L << NUMBER_BITS) - 1;
    /** In the id of a message that is a dead letter sent once more. */
    private static final long REPLAY = 1L << NUMBER_BITS;

    private static final int NODE_SHIFT = NUMBER_BITS + 1;
    private static final String REPLAYED = "-replay";
    private static final int MOST_NODES = 1_000;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_DIGITS = 14;

    private final List<String> nodes;
    private final AtomicLong blocks = new AtomicLong();

    MessageIds(String node) {
        this.nodes = new CopyOnWriteArrayList<>(List.of(node));
    }

    /** The first of {@link #BLOCK} numbers that nobody else gets, a multiple of it and never {@link #NONE}. */
    long block() {
        return blocks.incrementAndGet() * BLOCK & NUMBER;
    }

    /** The id of a dead letter that is sent once more. */
    static long replay(long id) {
        return id | REPLAY;
    }

    String text(long id) {
        String text = nodes.get((int) (id >>> NODE_SHIFT)) + "-" + (id & NUMBER);
        return (id & REPLAY) == 0 ? text : text + REPLAYED;
    }

    Optional<String> textOf(long id) {
        return id == NONE ? Optional.empty() : Optional.of(text(id));
    }

    /** What {@link #text} of this or another node made; {@link #NONE} for anything else. */
    long read(String text) {
        return text.endsWith(REPLAYED)
                ? marked(number(text.substring(0, text.length() - REPLAYED.length())))
                : number(text);
    }

    private static long marked(long id) {
        return id == NONE ? NONE : replay(id);
    }

    private long number(String text) {
        int dash = text.lastIndexOf('-');
        if (dash < 1 || dash > LONGEST_NAME || !isNumber(text, dash + 1)) {
            return NONE;
        }
        long number = Long.parseLong(text, dash + 1, text.length(), 10);
        int place = place(text.substring(0, dash));
        return place < 0 || number == NONE ? NONE : (long) place << NODE_SHIFT | number;
    }

    private static boolean isNumber(String text, int from) {
        int digits = text.length() - from;
        return digits > 0
                && digits <= MOST_DIGITS
                && text.chars().skip(from).allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private int place(String node) {
        int known = nodes.indexOf(node);
        return known >= 0 ? known : added(node);
    }

    private synchronized int added(String node) {
        int known = nodes.indexOf(node);
        if (known < 0 && nodes.size() < MOST_NODES) {
            nodes.add(node);
            return nodes.size() - 1;
        }
        return known;
    }
}
