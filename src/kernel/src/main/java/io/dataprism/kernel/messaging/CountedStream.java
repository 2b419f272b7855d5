package io.dataprism.kernel.messaging;

import org.jspecify.annotations.Nullable;

/** Where a stream goes that nobody reads: its items are counted as they come. Called by one thread at a time; the count may be read on any. */
final class CountedStream implements StreamSink {
    private final StreamTerms terms;
    private volatile @Nullable StreamValve source;
    private volatile long count;
    private long bytes;

    CountedStream(StreamTerms terms) {
        this.terms = terms;
    }

    StreamTerms terms() {
        return terms;
    }

    @Override
    public void opened(@Nullable Object head, StreamValve valve) {
        source = valve;
    }

    @Override
    public boolean isOpened() {
        return source != null;
    }

    @Override
    public void item(Object item, int weight) {
        long items = count + 1;
        count = items;
        bytes += weight;
        StreamValve valve = source;
        if (valve != null) {
            valve.allow(items + terms.items(), bytes);
        }
    }

    /** How many there were, for people. */
    String count() {
        return count + (count == 1 ? " item" : " items");
    }
}
