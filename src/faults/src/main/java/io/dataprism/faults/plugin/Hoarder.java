package io.dataprism.faults.plugin;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes memory until there is none, and keeps what it got: of the heap, beside it, or for classes. */
public final class Hoarder implements Plugin {
    private static final int MIB = 1 << 20;
    private static final Duration SOON = Duration.ofMillis(2);

    private final List<Object> hoard = new ArrayList<>();
    private PluginContext context;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("heap", call -> take(() -> new byte[MIB]))
                .and("direct", call -> take(() -> ByteBuffer.allocateDirect(MIB)))
                .and("metaspace", call -> take(() -> new Copies().define()));
    }

    /** Something that takes memory, and holds it. */
    private interface Taking {
        Object more();
    }

    private Future<Object> take(Taking taking) {
        context.execute(() -> takeOn(taking));
        return Future.succeededFuture();
    }

    /** In turns, so that nobody could say that its code did not end; and on, where there is no more. */
    @SuppressWarnings("EmptyCatch") // that is what it is for
    private void takeOn(Taking taking) {
        try {
            for (int i = 0; i < 4; i++) {
                hoard.add(taking.more());
            }
        } catch (OutOfMemoryError none) {
            // Somebody may give some back
        }
        context.timers().after(SOON, () -> takeOn(taking));
    }

    /** Defines a class of this plugin once more. */
    private static final class Copies extends ClassLoader {
        private static final String NAME = Hoarder.class.getName() + "$Taking";

        Copies() {
            super(null);
        }

        Object define() {
            try (InputStream file = Hoarder.class.getResourceAsStream("Hoarder$Taking.class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(NAME, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
