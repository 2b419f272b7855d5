package io.dataprism.kernel.resource;

import io.dataprism.kernel.options.OptionReader;
import io.vertx.core.json.JsonObject;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the operator lets one plugin use, more or less than the node lets each, and whatever its manifest asks for. Where it says nothing, the lesser of the
 * two holds.
 *
 * @param cpu percent of one core
 * @param memory bytes on its account
 * @param counts how many of what is counted
 */
public record Allowance(OptionalInt cpu, OptionalLong memory, CountLimits counts) {
    private static final int MOST_CPU = 100_000;
    private static final long MOST_BYTES = 1L << 50;

    /** Nothing said. */
    public static final Allowance NONE = new Allowance(OptionalInt.empty(), OptionalLong.empty());

    public Allowance(OptionalInt cpu, OptionalLong memory) {
        this(cpu, memory, CountLimits.NONE);
    }

    /** What a section says, {@code cpu}, {@code memory} and the {@link Countable#key keys} of what is counted; what is wrong with it is noted, keys that it does not know included. */
    public static Allowance read(OptionReader reader) {
        int cpu = reader.number("cpu", 0, 1, MOST_CPU);
        long memory = reader.bytes("memory", 0, 1, MOST_BYTES);
        CountLimits counts = CountLimits.read(reader);
        reader.refuseUnknown();
        return new Allowance(
                cpu == 0 ? OptionalInt.empty() : OptionalInt.of(cpu),
                memory == 0 ? OptionalLong.empty() : OptionalLong.of(memory),
                counts);
    }

    /** Percent of one core, where the node gives each plugin {@code usual} and this one asks for {@code asked}. */
    public int cpu(OptionalInt asked, int usual) {
        return cpu.orElse(Math.min(asked.orElse(usual), usual));
    }

    /** Bytes, where the node gives each plugin {@code usual} and this one asks for {@code asked}. */
    public long memory(OptionalLong asked, long usual) {
        return memory.orElse(Math.min(asked.orElse(usual), usual));
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        cpu.ifPresent(percent -> json.put("cpu", percent));
        memory.ifPresent(bytes -> json.put("memory", bytes));
        counts.addTo(json);
        return json;
    }
}
