package io.dataprism.kernel.messaging;

import java.util.AbstractCollection;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that nobody can change, so that a sender and all receivers may read the same one; its values are frozen, too.
 *
 * <p>It is a {@link LinkedHashMap} for one reason: {@link io.vertx.core.json.JsonObject#copy} keeps the order of members for those
 * only. What it holds stands in arrays of its own and never in the superclass, so that no view of the superclass, nor one that a later JDK
 * adds, can reach it. Small objects are searched in order, larger ones through an index, which holds against names with equal hashes.
 */
@SuppressWarnings({"NullAway", "DoNotCallSuggester"}) // JSON's null is a null in the map; what changes it is refused
final class FrozenMap extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;
    private static final int SEARCHED = 8;

    private final String[] names;
    private final transient Object[] values;
    /** Where each member stands; null where there are few. */
    private final transient @Nullable Map<String, Integer> index;

    private final int height;
    private final long weight;
    private final boolean handles;

    private FrozenMap(Builder made) {
        super(1);
        boolean full = made.size == made.names.length;
        this.names = full ? made.names : Arrays.copyOf(made.names, made.size);
        this.values = full ? made.values : Arrays.copyOf(made.values, made.size);
        this.index = made.index;
        this.height = made.height + 1;
        this.weight = made.weight;
        this.handles = made.handles;
    }

    /** Whether a handle of a table or view stands in it. */
    boolean hasHandles() {
        return handles;
    }

    /** Each member as it is held, buffers included. */
    void forEachHeld(BiConsumer<String, @Nullable Object> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], values[i]);
        }
    }

    /** A copy that whoever gets it may change, all the way down. */
    Map<String, Object> thaw() {
        Map<String, Object> copy = new LinkedHashMap<>((names.length * 4 + 2) / 3);
        for (int i = 0; i < names.length; i++) {
            copy.put(names[i], Payloads.thaw(values[i]));
        }
        return copy;
    }

    /** How many levels of JSON there are, this one included. */
    int height() {
        return height;
    }

    /** About how many bytes of heap it takes. */
    long weight() {
        return weight;
    }

    /** Collects members in order; a name that comes again replaces its value. For one thread. */
    static final class Builder {
        private String[] names;
        private Object[] values;
        private int size;
        private @Nullable Map<String, Integer> index;
        private int height;
        private long weight = Weights.OBJECT;
        private boolean handles;

        Builder(int expected) {
            int room = Math.max(1, Math.min(expected, 1024));
            names = new String[room];
            values = new Object[room];
        }

        void put(String name, @Nullable Object value) {
            weight = Weights.sum(weight, Weights.of(value) + Weights.of(name));
            handles |= Handles.isKey(name);
            if (Payloads.isNested(value)) {
                height = Math.max(height, Payloads.height(value));
                handles |= Handles.standIn(value);
            }
            int known = find(name, names, size, index);
            if (known >= 0) {
                values[known] = value;
                return;
            }
            if (size == names.length) {
                grow();
            }
            names[size] = name;
            values[size] = value;
            if (size >= SEARCHED) {
                indexed(name);
            }
            size++;
        }

        private void grow() {
            int room = Math.max(4, size * 2);
            names = Arrays.copyOf(names, room);
            values = Arrays.copyOf(values, room);
        }

        private void indexed(String last) {
            if (index == null) {
                index = new HashMap<>();
                for (int i = 0; i < size; i++) {
                    index.put(names[i], i);
                }
            }
            index.put(last, size);
        }

        FrozenMap build() {
            return new FrozenMap(this);
        }
    }

    static UnsupportedOperationException refused() {
        return new UnsupportedOperationException(
                "This JSON came in a message or was frozen, and others read it, too. Change a copy of it: copy().");
    }

    private static int find(Object name, String[] names, int size, @Nullable Map<String, Integer> index) {
        if (index != null) {
            return index.getOrDefault(name, -1);
        }
        // A name knows its hash, and most names differ in it: that is less than to compare two texts.
        int hash = name.hashCode();
        for (int i = 0; i < size; i++) {
            if (names[i].hashCode() == hash && names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private int find(@Nullable Object name) {
        return name == null ? -1 : find(name, names, names.length, index);
    }

    // --- reading

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public boolean isEmpty() {
        return names.length == 0;
    }

    @Override
    public Object get(Object name) {
        int at = find(name);
        return at < 0 ? null : Payloads.member(values[at]);
    }

    @Override
    public Object getOrDefault(Object name, Object otherwise) {
        int at = find(name);
        return at < 0 ? otherwise : Payloads.member(values[at]);
    }

    @Override
    public boolean containsKey(Object name) {
        return find(name) >= 0;
    }

    @Override
    public boolean containsValue(Object value) {
        for (Object held : values) {
            if (Objects.equals(held, value)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], Payloads.member(values[i]));
        }
    }

    @Override
    public Set<String> keySet() {
        return new Names();
    }

    @Override
    public Collection<Object> values() {
        return new Values();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new Members();
    }

    /** Nothing can change, so that the same one serves as a copy. */
    @Override
    @SuppressWarnings("MissingSuperCall") // the superclass would hand out an empty table that can be filled
    public Object clone() {
        return this;
    }

    private final class Members extends AbstractSet<Map.Entry<String, Object>> {
        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
            return new InOrder<>(names.length, i -> new SimpleImmutableEntry<>(names[i], Payloads.member(values[i])));
        }

        @Override
        public int size() {
            return names.length;
        }
    }

    private final class Names extends AbstractSet<String> {
        @Override
        public Iterator<String> iterator() {
            return new InOrder<>(names.length, i -> names[i]);
        }

        @Override
        public int size() {
            return names.length;
        }

        @Override
        public boolean contains(Object name) {
            return containsKey(name);
        }
    }

    private final class Values extends AbstractCollection<Object> {
        @Override
        public Iterator<Object> iterator() {
            return new InOrder<>(names.length, i -> Payloads.member(values[i]));
        }

        @Override
        public int size() {
            return names.length;
        }
    }

    private static final class InOrder<T> implements Iterator<T> {
        private final int size;
        private final IntFunction<T> item;
        private int at;

        InOrder(int size, IntFunction<T> item) {
            this.size = size;
            this.item = item;
        }

        @Override
        public boolean hasNext() {
            return at < size;
        }

        @Override
        public T next() {
            if (at >= size) {
                throw new NoSuchElementException();
            }
            return item.apply(at++);
        }
    }

    // --- changing, which is refused

    @Override
    public Object put(String key, Object value) {
        throw refused();
    }

    /** Of JDK 21. */
    @SuppressWarnings("unused")
    public Object putFirst(String key, Object value) {
        throw refused();
    }

    /** Of JDK 21. */
    @SuppressWarnings("unused")
    public Object putLast(String key, Object value) {
        throw refused();
    }

    @Override
    public void putAll(Map<? extends String, ?> others) {
        throw refused();
    }

    @Override
    public Object putIfAbsent(String key, Object value) {
        throw refused();
    }

    @Override
    public Object remove(Object key) {
        throw refused();
    }

    @Override
    public boolean remove(Object key, Object value) {
        throw refused();
    }

    @Override
    public void clear() {
        throw refused();
    }

    @Override
    public Object replace(String key, Object value) {
        throw refused();
    }

    @Override
    public boolean replace(String key, Object before, Object after) {
        throw refused();
    }

    @Override
    public void replaceAll(BiFunction<? super String, ? super Object, ?> function) {
        throw refused();
    }

    @Override
    public Object computeIfAbsent(String key, Function<? super String, ?> function) {
        throw refused();
    }

    @Override
    public Object computeIfPresent(String key, BiFunction<? super String, ? super Object, ?> function) {
        throw refused();
    }

    @Override
    public Object compute(String key, BiFunction<? super String, ? super Object, ?> function) {
        throw refused();
    }

    @Override
    public Object merge(String key, Object value, BiFunction<? super Object, ? super Object, ?> function) {
        throw refused();
    }
}
