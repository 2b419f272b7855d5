package io.dataprism.agent;

import io.dataprism.sandbox.guard.CallGuard;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which plugin objects belong to, for as long as they live. By identity: what an object says of its own equality may be a plugin's code. Safe to use from
 * any thread.
 */
final class WeakOwners {
    private final Map<Key, CallGuard> owners = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    /** An object, as long as it lives; compares by identity. */
    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object object, @Nullable ReferenceQueue<Object> queue) {
            super(object, queue);
            hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof Key key && get() != null && get() == key.get());
        }
    }

    /** An object that has an owner keeps it. */
    void put(Object object, CallGuard owner) {
        for (Reference<?> old = gone.poll(); old != null; old = gone.poll()) {
            owners.remove(old);
        }
        owners.putIfAbsent(new Key(object, gone), owner);
    }

    @Nullable
    CallGuard of(Object object) {
        return owners.isEmpty() ? null : owners.get(new Key(object, null));
    }
}
