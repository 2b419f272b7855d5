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
import java.util.Optional;
import java.util.Set;
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

    KeptStorage(PluginRuntime runtime) {
        this.runtime = runtime;
        this.caller = Caller.plugin(runtime.id());
        this.lease = runtime.storage().get();
        this.watches = new StorageWatches(runtime, () -> runtime.gate().may(caller, NEEDED));
        lease.listen(watches::changed);
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
        return reading("a" + prefix, (stored, held) -> {
            NavigableSet<String> keys = stored.keys(prefix);
            held.take(keys.stream()
                    .mapToLong(key -> 2L * key.length() + KEY_BYTES)
                    .sum());
            return Collections.unmodifiableSet(keys);
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
            checkKey(key);
            return lease.read(stored -> {
                requireAllowed();
                return reading.of(stored, held);
            });
        });
    }

    /** The answer in the plugin's slices, with nothing left on its account. */
    private <T> Future<T> asked(Function<Held, Future<T>> asking) {
        Held held = new Held(runtime.memory());
        Promise<T> answer = runtime.deployment().promise();
        try {
            runtime.gate().require(caller, NEEDED);
            watches.requireRoom();
            asking.apply(held).onComplete(answer);
        } catch (PluginException refused) {
            answer.fail(refused);
        }
        return answer.future().onComplete(had -> held.release());
    }

    private void requireAllowed() {
        if (!runtime.gate().may(caller, NEEDED)) {
            throw runtime.gate().denial(caller, NEEDED);
        }
    }

    @Override
    public Future<Void> put(String key, Buffer value) {
        return apply(new Change(Map.of(), Map.of(key, value), Set.of())).mapEmpty();
    }

    @Override
    public Future<Boolean> remove(String key) {
        return asked(held -> {
            checkKey(key);
            return lease.remove(key, this::requireAllowed);
        });
    }

    @Override
    public Future<Boolean> apply(Change change) {
        return asked(held -> lease.change(copy(change, held), this::requireAllowed));
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
            checkKey(key);
            expected.put(key, value.map(buffer -> copy(buffer, held)));
        });
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        change.puts().forEach((key, value) -> {
            checkKey(key);
            changes.put(key, Optional.of(copy(value, held)));
        });
        change.removes().forEach(key -> {
            checkKey(key);
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

    private void checkKey(String key) {
        Keys.problem(key).ifPresent(found -> {
            throw refused(found);
        });
    }

    private PluginException refused(String found) {
        return new PluginException("DP-0890", "Plugin '" + runtime.id() + "' can't use " + found + " in its storage.");
    }

    @Override
    public Future<Watch> watch(String prefix, Consumer<String> changed) {
        return asked(held -> Future.succeededFuture(watches.add(prefix, changed)));
    }

    /** The plugin ends: what was begun is done, and nothing more is taken. */
    void close() {
        watches.close();
        lease.end();
    }
}
