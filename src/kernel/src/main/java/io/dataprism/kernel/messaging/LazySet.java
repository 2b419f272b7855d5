package io.dataprism.kernel.messaging;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A concurrent set of what most owners have nothing of: it takes its memory when the first element comes. Safe to use from any thread. */
final class LazySet<E> implements Iterable<E> {
    private volatile @Nullable Set<E> made;

    /** Whether it was not there before. */
    boolean add(E element) {
        Set<E> set = made;
        return (set == null ? make() : set).add(element);
    }

    private synchronized Set<E> make() {
        Set<E> set = made == null ? ConcurrentHashMap.newKeySet() : made;
        made = set;
        return set;
    }

    /** Whether it was there. */
    boolean remove(E element) {
        Set<E> set = made;
        return set != null && set.remove(element);
    }

    int size() {
        return view().size();
    }

    boolean isEmpty() {
        return view().isEmpty();
    }

    Stream<E> stream() {
        return view().stream();
    }

    @Override
    public Iterator<E> iterator() {
        return view().iterator();
    }

    private Set<E> view() {
        Set<E> set = made;
        return set == null ? Set.of() : set;
    }
}
