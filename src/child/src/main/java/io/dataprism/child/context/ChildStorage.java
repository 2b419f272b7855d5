package io.dataprism.child.context;

import io.dataprism.api.Storage;
import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.WireInput;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The plugin's storage, which the kernel keeps. */
final class ChildStorage implements Storage {
    private final ChildLink link;
    private final GoingOn watches;

    ChildStorage(ChildLink link, GoingOn watches) {
        this.link = link;
        this.watches = watches;
    }

    @Override
    public Future<Optional<Buffer>> get(String key) {
        return link.<Buffer>ask(Op.STORAGE_GET, out -> out.text(key)).map(Optional::ofNullable);
    }

    @Override
    public Future<Void> put(String key, Buffer value) {
        return link.ask(Op.STORAGE_PUT, out -> out.text(key).bytes(value.getBytes()));
    }

    @Override
    public Future<Boolean> remove(String key) {
        return link.ask(Op.STORAGE_REMOVE, out -> out.text(key));
    }

    @Override
    public Future<Set<String>> keys(String prefix) {
        return link.<JsonArray>ask(Op.STORAGE_KEYS, out -> out.text(prefix)).map(found -> {
            Set<String> keys = new LinkedHashSet<>();
            found.forEach(key -> keys.add((String) key));
            return keys;
        });
    }

    @Override
    public Future<Boolean> apply(Change change) {
        return link.ask(Op.STORAGE_APPLY, out -> {
            Map<String, Optional<Buffer>> expected = change.expected();
            out.i32(expected.size());
            expected.forEach((key, value) -> {
                out.text(key).flag(value.isPresent());
                value.ifPresent(bytes -> out.bytes(bytes.getBytes()));
            });
            out.i32(change.puts().size());
            change.puts().forEach((key, value) -> out.text(key).bytes(value.getBytes()));
            out.i32(change.removes().size());
            change.removes().forEach(out::text);
        });
    }

    @Override
    public Future<Watch> watch(String prefix, Consumer<String> changed) {
        GoingOn.Entry entry = watches.begin(new Watching(Objects.requireNonNull(changed)));
        return link.<Object>ask(Op.STORAGE_WATCH, out -> out.i64(entry.number()).text(prefix))
                .onFailure(refused -> watches.forget(entry))
                .map(done -> new Watched(entry));
    }

    private record Watching(Consumer<String> changed) {}

    private final class Watched implements Watch {
        private final GoingOn.Entry entry;

        Watched(GoingOn.Entry entry) {
            this.entry = entry;
        }

        @Override
        public Future<Void> cancel() {
            return link.ask(Op.STORAGE_UNWATCH, out -> out.i64(entry.number()));
        }

        @Override
        public Future<Void> ended() {
            return watches.ended(entry);
        }
    }

    /** A key was put or removed. In the plugin's slices. */
    void changed(long number, WireInput in) throws MalformedFrameException {
        if (watches.handler(number) instanceof Watching watching) {
            watching.changed.accept(in.text());
        }
    }

    @Override
    public Future<Usage> usage() {
        return link.<JsonArray>ask(Op.STORAGE_USAGE).map(both -> new Usage(both.getLong(0), both.getLong(1)));
    }
}
