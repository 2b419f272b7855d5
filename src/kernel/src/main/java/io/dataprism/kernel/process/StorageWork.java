package io.dataprism.kernel.process;

import io.dataprism.api.PluginException;
import io.dataprism.api.Storage;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.WireInput;
import io.dataprism.kernel.context.KernelPluginContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** What a child stores. In the plugin's slices. */
final class StorageWork {
    private final KernelPluginContext context;
    private final ProcessLink link;
    private final ConcurrentMap<Long, Storage.Watch> watches = new ConcurrentHashMap<>();

    StorageWork(KernelPluginContext context, ProcessLink link) {
        this.context = context;
        this.link = link;
    }

    void offer(Offered offered) {
        offered.with(
                        Op.STORAGE_GET,
                        (in, number) -> storage().get(in.text()).map(found -> (@Nullable Object) found.orElse(null)))
                .with(Op.STORAGE_PUT, (in, number) -> storage().put(in.text(), Buffer.buffer(in.bytes())))
                .with(Op.STORAGE_REMOVE, (in, number) -> storage().remove(in.text()))
                .with(
                        Op.STORAGE_KEYS,
                        (in, number) -> storage().keys(in.text()).map(keys -> new JsonArray(new ArrayList<>(keys))))
                .with(Op.STORAGE_APPLY, (in, number) -> storage().apply(change(in)))
                .with(Op.STORAGE_WATCH, (in, number) -> watch(in))
                .with(Op.STORAGE_UNWATCH, (in, number) -> {
                    Storage.Watch watch = watches.get(in.i64());
                    return watch == null ? Future.succeededFuture() : watch.cancel();
                })
                .with(
                        Op.STORAGE_USAGE,
                        (in, number) -> storage()
                                .usage()
                                .map(usage -> new JsonArray().add(usage.used()).add(usage.quota())));
    }

    private Storage storage() {
        return context.storage();
    }

    private static Storage.Change change(WireInput in) throws MalformedFrameException {
        Map<String, Optional<Buffer>> expected = new HashMap<>();
        for (int left = in.count(); left > 0; left--) {
            String key = in.text();
            expected.put(key, in.flag() ? Optional.of(Buffer.buffer(in.bytes())) : Optional.empty());
        }
        Map<String, Buffer> puts = new HashMap<>();
        for (int left = in.count(); left > 0; left--) {
            puts.put(in.text(), Buffer.buffer(in.bytes()));
        }
        Set<String> removes = new HashSet<>();
        for (int left = in.count(); left > 0; left--) {
            removes.add(in.text());
        }
        return new Storage.Change(expected, puts, removes);
    }

    private Future<@Nullable Object> watch(WireInput in) throws MalformedFrameException {
        long number = in.i64();
        String prefix = in.text();
        if (watches.containsKey(number)) {
            throw new PluginException("DP-0982", "A watch has the number " + number + " already.");
        }
        return storage()
                .watch(prefix, key -> link.tell(Op.WATCHED, number, out -> out.text(key)))
                .map(watch -> {
                    watches.put(number, watch);
                    watch.ended().onComplete(end -> {
                        watches.remove(number);
                        Subscribed.tellEnd(link, number, end.cause());
                    });
                    return null;
                });
    }
}
