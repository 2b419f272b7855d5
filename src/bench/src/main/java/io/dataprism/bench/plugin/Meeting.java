package io.dataprism.bench.plugin;

import io.dataprism.api.PluginContext;
import java.security.Security;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Where a measured plugin and the benchmark find each other: both see this JVM's security providers and the JDK's types, and nothing else of
 * each other. A plugin's configuration names the meeting ({@code meeting}) and its role in it ({@code role}).
 */
public final class Meeting {
    /** The security provider in which things are left; a sandbox has no reason to hide it. */
    public static final String PLACE = "dataprism-bench";

    private Meeting() {}

    /** What a receiving plugin hands bodies to. */
    @SuppressWarnings("unchecked")
    static Consumer<Object> receiver(PluginContext context) {
        return (Consumer<Object>) left(context);
    }

    /** What a sending plugin gives its executor and its way to send. */
    @SuppressWarnings("unchecked")
    static BiConsumer<Executor, Consumer<Object>> driver(PluginContext context) {
        return (BiConsumer<Executor, Consumer<Object>>) left(context);
    }

    /** What a calling plugin gives its executor and its way to ask. */
    @SuppressWarnings("unchecked")
    static BiConsumer<Executor, BiConsumer<Object, BiConsumer<Object, Throwable>>> asker(PluginContext context) {
        return (BiConsumer<Executor, BiConsumer<Object, BiConsumer<Object, Throwable>>>) left(context);
    }

    /** What a burning plugin does again and again while it answers true. */
    static BooleanSupplier turn(PluginContext context) {
        return (BooleanSupplier) left(context);
    }

    private static Object left(PluginContext context) {
        String key =
                context.config().getString("meeting") + "/" + context.config().getString("role");
        return Objects.requireNonNull(Security.getProvider(PLACE).get(key), key);
    }
}
