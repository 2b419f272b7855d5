package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies the parameters that a plugin gives, in its own slice: none of its own code is in what is passed on. */
final class DatabaseValues {
    /** Final classes, of which nobody can make another kind. */
    private static final Set<Class<?>> PLAIN = Set.of(
            Boolean.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            UUID.class,
            BigDecimal.class);

    /** As many as a statement can have. */
    private static final int MOST = 65_535;

    private DatabaseValues() {}

    static List<@Nullable Object> copied(PluginId plugin, List<? extends @Nullable Object> given) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Object value : given) {
            if (values.size() == MOST) {
                throw wrong(plugin, "more than " + MOST + " parameters were given");
            }
            values.add(copied(plugin, values.size() + 1, value));
        }
        return values;
    }

    private static @Nullable Object copied(PluginId plugin, int index, @Nullable Object value) {
        if (value == null || PLAIN.contains(value.getClass())) {
            return value;
        }
        if (value instanceof Buffer buffer) {
            return Buffer.buffer(buffer.getBytes());
        }
        // Read back from its text: what a plugin keeps in it, maps of its own, stays behind.
        if (value instanceof JsonObject object) {
            return new JsonObject(object.encode());
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.encode());
        }
        throw wrong(
                plugin,
                "parameter " + index + " is a "
                        + PluginException.excerpt(value.getClass().getName())
                        + ", which can't be passed. Give a text, and cast it in the statement");
    }

    private static PluginException wrong(PluginId plugin, String what) {
        return new PluginException("DP-0878", "Plugin '" + plugin + "' asked a database: " + what + ".");
    }
}
