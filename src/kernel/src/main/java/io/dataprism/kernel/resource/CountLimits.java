package io.dataprism.kernel.resource;

import io.dataprism.kernel.options.OptionReader;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/** How many of each somebody says; of what nobody does, nothing. Immutable. */
public record CountLimits(Map<Countable, Integer> limits) {
    /** Nothing said. */
    public static final CountLimits NONE = new CountLimits(Map.of());

    public CountLimits {
        limits = Map.copyOf(limits);
    }

    /** What a section says under the {@link Countable#key keys}; what is wrong with it is noted, unknown keys not. */
    public static CountLimits read(OptionReader reader) {
        Map<Countable, Integer> said = new EnumMap<>(Countable.class);
        for (Countable what : Countable.values()) {
            int limit = reader.number(what.key(), 0, 1, what.most());
            if (limit > 0) {
                said.put(what, limit);
            }
        }
        return new CountLimits(said);
    }

    /** What {@code json} says, which was checked. */
    public static CountLimits of(JsonObject json) {
        Map<Countable, Integer> said = new EnumMap<>(Countable.class);
        for (Countable what : Countable.values()) {
            if (json.getValue(what.key()) instanceof Number limit) {
                said.put(what, limit.intValue());
            }
        }
        return new CountLimits(said);
    }

    public OptionalInt of(Countable what) {
        Integer limit = limits.get(what);
        return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    }

    /** The same, with another limit of {@code what}. */
    public CountLimits with(Countable what, int limit) {
        Map<Countable, Integer> changed = new EnumMap<>(Countable.class);
        changed.putAll(limits);
        changed.put(what, limit);
        return new CountLimits(changed);
    }

    /** What the node gives each plugin. */
    public int usual(Countable what) {
        return of(what).orElse(what.usual());
    }

    /** By their keys, in their order. */
    public void addTo(JsonObject json) {
        for (Countable what : Countable.values()) {
            of(what).ifPresent(limit -> json.put(what.key(), limit));
        }
    }
}
