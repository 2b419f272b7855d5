package io.dataprism.kernel.messaging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Whose turn it is to be looked at: of so many all each time, of more so many at a time, so that those that do nothing cost next to nothing. Of one thread. */
final class Turns<T> {
    private final int most;
    private final Iterable<T> all;
    private Iterator<T> left = Collections.emptyIterator();

    /**
     * @param most how many at a time
     * @param all may change at any time, and lets an iterator that was begun go on then
     */
    Turns(int most, Iterable<T> all) {
        this.most = most;
        this.all = all;
    }

    /** Those whose turn it is now. */
    List<T> next() {
        if (!left.hasNext()) {
            left = all.iterator();
        }
        List<T> turn = new ArrayList<>();
        while (turn.size() < most && left.hasNext()) {
            turn.add(left.next());
        }
        return turn;
    }
}
