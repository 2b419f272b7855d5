package io.dataprism.kernel.messaging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was found for topics lately, in two generations: once the younger is full it becomes the older, and what was in that and was not asked
 * for since is forgotten. So a topic that is used often stays however many others come and go, and memory is bounded. Safe to use from any thread.
 *
 * @param <R> what is found
 */
final class RouteCache<R> {
    private final int generation;
    private volatile Map<String, R> young = new ConcurrentHashMap<>();
    private volatile Map<String, R> old = new ConcurrentHashMap<>();

    /** @param generation entries of one generation; twice as many are kept at most, and one for each thread that comes at once */
    RouteCache(int generation) {
        this.generation = generation;
    }

    @Nullable
    R get(String topic) {
        R found = young.get(topic);
        if (found == null) {
            found = old.get(topic);
            if (found != null) {
                renew(topic, found);
            }
        }
        return found;
    }

    private void renew(String topic, R found) {
        put(topic, found);
        // Whoever forgets everything forgets the old first: what it had forgotten by now must not be back.
        if (old.get(topic) != found) {
            young.remove(topic, found);
        }
    }

    void put(String topic, R found) {
        if (young.size() >= generation) {
            turn();
        }
        young.put(topic, found);
    }

    private synchronized void turn() {
        if (young.size() >= generation) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }

    /** Forget {@code found}, where it is still what is known of {@code topic}. */
    void remove(String topic, R found) {
        young.remove(topic, found);
        old.remove(topic, found);
    }

    synchronized void clear() {
        old.clear();
        young.clear();
    }

    int size() {
        return young.size() + old.size();
    }
}
