package io.dataprism.kernel.context;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.Storage;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.storage.Keys;
import io.dataprism.kernel.storage.StorageChange;
import io.dataprism.kernel.storage.StorageLease;
import io.dataprism.kernel.storage.StoredContents;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One plugin's storage as the plugin has it. What it gives is copied where it gives it; the gate is asked there, and once more when its turn comes. Safe
 * to use from any thread.
 */
final class KeptStorage implements Storage {
    private static final Permission NEEDED = Permission.parse("storage-access");
    private static final int LONGEST_VALUE = 1024 * 1024;
    private static final int MOST_CHANGES = 1_000;
    /** What a key costs in memory beside its characters. */
    private static final int KEY_BYTES = 64;

    private final PluginRuntime runtime;
    private final Caller caller;
    private final StorageLease lease;
    private final StorageWatches watches;
    private final Runnable deaf;
    private final AtomicInteger underWay = new AtomicInteger();

    KeptStorage(PluginRuntime runtime) {
        this.runtime = runtime;
        this.caller = Caller.plugin(runtime.id());
        this.lease = runtime.storage().get();
        this.watches = new StorageWatches(runtime, () -> runtime.gate().may(caller, NEEDED));
        lease.listen(watches::changed);
        this.deaf = runtime.gate().grants().listen(this::changed);
    }

    private void changed(Caller whose) {
        if (whose.equals(caller) && !runtime.gate().may(caller, NEEDED) && watches.any()) {
            watches.end(runtime.gate().takenBack(caller, NEEDED));
        }
    }

    @Override
    public Future<Optional<Buffer>> get(String key) {
        return reading(
                key,
                (stored, held) -> stored.value(key).map(bytes -> {
                    held.take(bytes.length);
                    return Buffer.buffer(bytes);
                }));
    }

    @Override
    public Future<Set<String>> keys(String prefix) {
        return asked(held -> {
            take("a" + Objects.requireNonNull(prefix, "prefix"), held);
            return read(held, (stored, waits) -> {
                NavigableSet<String> keys = stored.keys(prefix);
                waits.take(keys.stream().mapToLong(KeptStorage::size).sum());
                return Collections.unmodifiableSet(keys);
            });
        });
    }

    @Override
    public Future<Usage> usage() {
        return reading(
                "usage",
                (stored, held) ->
                        new Usage(stored.usage().bytes(), lease.limits().bytes()));
    }

    /** What is read, and what of it is held on the account until the plugin has it. */
    private interface Reading<T> {
        T of(StoredContents stored, Held held);
    }

    private <T> Future<T> reading(String key, Reading<T> reading) {
        return asked(held -> {
            take(key, held);
            return read(held, reading);
        });
    }

    private <T> Future<T> read(Held held, Reading<T> reading) {
        return lease.read(stored -> {
            requireAllowed();
            return reading.of(stored, held);
        });
    }

    /** The answer in the plugin's slices, with nothing left on its account. */
    private <T> Future<T> asked(Function<Held, Future<T>> asking) {
        Held held = new Held(runtime.memory());
        Promise<T> answer = runtime.deployment().promise();
        boolean begun = false;
        try {
            runtime.gate().require(caller, NEEDED);
            watches.requireRoom();
            begin(asking.apply(held), answer);
            begun = true;
        } catch (RuntimeException refused) {
            answer.fail(refused);
        } finally {
            // Also where the plugin's own objects threw what is no exception, which it gets as it is.
            if (!begun) {
                held.release();
            }
        }
        return answer.future().onComplete(had -> held.release());
    }

    private <T> void begin(Future<T> asked, Promise<T> answer) {
        underWay.incrementAndGet();
        asked.onComplete(end -> {
            try {
                answer.handle(end);
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    private void requireAllowed() {
        if (!runtime.gate().may(caller, NEEDED)) {
            throw runtime.gate().denial(caller, NEEDED);
        }
    }

    @Override
    public Future<Void> put(String key, Buffer value) {
        return this.<Boolean>asked(held -> change(new Change(Map.of(), Map.of(key, value), Set.of()), held))
                .mapEmpty();
    }

    @Override
    public Future<Boolean> remove(String key) {
        return asked(held -> {
            take(key, held);
            return lease.remove(key, this::requireAllowed);
        });
    }

    @Override
    public Future<Boolean> apply(Change change) {
        return asked(held -> change(change, held));
    }

    private Future<Boolean> change(Change change, Held held) {
        return lease.change(copy(change, held), this::requireAllowed);
    }

    private StorageChange copy(Change change, Held held) {
        int count = change.expected().size()
                + change.puts().size()
                + change.removes().size();
        if (count > MOST_CHANGES) {
            throw refused("a change of " + count + " keys; " + MOST_CHANGES + " are allowed");
        }
        Map<String, Optional<byte[]>> expected = new HashMap<>();
        change.expected().forEach((key, value) -> {
            take(key, held);
            expected.put(key, value.map(buffer -> copy(buffer, held)));
        });
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        change.puts().forEach((key, value) -> {
            take(key, held);
            changes.put(key, Optional.of(copy(value, held)));
        });
        change.removes().forEach(key -> {
            take(key, held);
            if (changes.put(key, Optional.empty()) != null) {
                throw refused("a change that puts and removes the same key");
            }
        });
        return new StorageChange(expected, changes);
    }

    /** The plugin's own buffer may keep the array that it gives away. */
    private byte[] copy(Buffer value, Held held) {
        int length = value.length();
        byte[] bytes = length > LONGEST_VALUE ? new byte[0] : value.getBytes().clone();
        int longest = Math.max(length, bytes.length);
        if (longest > LONGEST_VALUE) {
            throw refused("a value of " + longest + " bytes; " + LONGEST_VALUE + " are allowed");
        }
        held.take(bytes.length);
        return bytes;
    }

    /** A key waits with what is to be done with it, and is on the account for as long. */
    private void take(String key, Held held) {
        Keys.problem(key).ifPresent(found -> {
            throw refused(found);
        });
        held.take(size(key));
    }

    private static long size(String key) {
        return 2L * key.length() + KEY_BYTES;
    }

    private PluginException refused(String found) {
        return new PluginException("DP-0890", "Plugin '" + runtime.id() + "' can't use " + found + " in its storage.");
    }

    @Override
    public Future<Watch> watch(String prefix, Consumer<String> changed) {
        return asked(held -> {
            Watch watch =
                    watches.add(Objects.requireNonNull(prefix, "prefix"), Objects.requireNonNull(changed, "changed"));
            // Revoked between the gate's answer and its being among them
            changed(caller);
            return Future.succeededFuture(watch);
        });
    }

    /** The plugin ends: what was begun is done, and nothing more is taken. Complete once it is done. */
    Future<Void> close() {
        deaf.run();
        watches.end(new PluginException(
                "DP-0191", "Plugin '" + runtime.id() + "' ended, and with it the watches on its storage."));
        return lease.end();
    }

    /** Whether something that was asked for is not answered yet. From any thread. */
    boolean isUnderWay() {
        return underWay.get() > 0;
    }
}
