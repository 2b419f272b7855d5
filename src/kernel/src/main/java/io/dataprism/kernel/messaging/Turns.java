package io.dataprism.kernel.messaging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Whose turn it is to be looked at: of a thousand all each time, of more a thousand at a time, so that ten thousand that do nothing cost next to
 * nothing. Of one thread.
 */
final class Turns<T> {
    static final int MOST = 1_000;

    private final Iterable<T> all;
    private Iterator<T> left = Collections.emptyIterator();

    /** @param all may change at any time, and lets an iterator that was begun go on then */
    Turns(Iterable<T> all) {
        this.all = all;
    }

    /** Those whose turn it is now. */
    List<T> next() {
        if (!left.hasNext()) {
            left = all.iterator();
        }
        List<T> turn = new ArrayList<>();
        while (turn.size() < MOST && left.hasNext()) {
            turn.add(left.next());
        }
        return turn;
    }
}
