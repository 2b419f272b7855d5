package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginException;
import io.dataprism.api.RecordCodec;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered record type: its components, which were found immutable, and how a record of it becomes JSON. Reads the fields themselves and not
 * through the accessors, so that no code of the plugin runs, except for a codec of its own. Safe to use from any thread.
 */
final class RecordForm {
    private static final int DEEPEST = 128;

    private final Class<?> type;
    private final @Nullable RecordCodec<Record> codec;
    private List<Component> components = List.of();
    /** Those whose weight depends on their value. */
    private Component[] varying = {};
    /** What the record, its JSON, all names and the other components weigh. */
    private long base;

    /** @param form where it is a record itself */
    record Component(String name, Field field, @Nullable RecordForm form) {
        Class<?> type() {
            return field.getType();
        }
    }

    RecordForm(Class<?> type, @Nullable RecordCodec<Record> codec) {
        this.type = type;
        this.codec = codec;
    }

    /** Once, before it is used; a form may be a component of itself. */
    void components(List<Component> found) {
        components = List.copyOf(found);
        varying = found.stream()
                .filter(component -> RecordComponents.fixedWeight(component.type()) == 0)
                .toArray(Component[]::new);
        base = 2L * Weights.OBJECT
                + found.stream()
                        .mapToLong(component ->
                                Weights.of(component.name) + RecordComponents.fixedWeight(component.type()))
                        .sum();
    }

    Class<?> type() {
        return type;
    }

    /** Whether who received such a record may send it on: no code of another plugin is needed for it. */
    boolean isAnyones() {
        return codec == null;
    }

    /**
     * {@code value}, to be sent. On the sender's thread.
     *
     * @throws PluginException {@code DP-0417} where it holds what its type does not promise, or its codec gave nothing
     */
    SharedRecord take(Record value) {
        long weight = weigh(value, 0);
        if (codec == null) {
            return new SharedRecord(this, value, weight, null);
        }
        FrozenMap json = written(codec, value);
        return new SharedRecord(this, value, Math.max(weight, json.weight()), json);
    }

    private FrozenMap written(RecordCodec<Record> own, Record value) {
        if (Payloads.take(own.toJson(value)) instanceof FrozenMap json) {
            return json;
        }
        throw unfit("the codec of its type gave null", "Let it return a JsonObject.");
    }

    /** About what its JSON weighs, and not less: that one is made when somebody wants it, and must not be too much then. */
    private long weigh(Record value, int depth) {
        if (depth > DEEPEST) {
            throw unfit("it is nested deeper than " + DEEPEST + " levels, or in a circle", "Flatten it.");
        }
        long weight = base;
        for (Component component : varying) {
            Object part = read(component, value);
            long more = component.form != null && part instanceof Record inner
                    ? component.form.weigh(inner, depth + 1)
                    : RecordComponents.weight(constant(component, part));
            weight = Weights.sum(weight, more);
        }
        return weight;
    }

    /** Of the classes that a component may have, only these two can be extended. */
    private @Nullable Object constant(Component component, @Nullable Object part) {
        Class<?> type = component.type();
        boolean number = type == BigDecimal.class || type == BigInteger.class;
        if (number && part != null && part.getClass() != type) {
            throw unfit(
                    "its '" + component.name + "' is a " + part.getClass().getName(),
                    "Pass a plain " + type.getSimpleName() + ", which can't change.");
        }
        return part;
    }

    FrozenMap json(Record value) {
        FrozenMap.Builder members = new FrozenMap.Builder(components.size());
        for (Component component : components) {
            Object part = read(component, value);
            members.put(
                    component.name,
                    component.form != null && part instanceof Record inner
                            ? component.form.json(inner)
                            : RecordComponents.json(part));
        }
        return members.build();
    }

    private Object read(Component component, Record value) {
        try {
            return component.field.get(value);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException("The fields of " + type.getName() + " were made readable.", closed);
        }
    }

    private PluginException unfit(String what, String instead) {
        return new PluginException(
                "DP-0417",
                "A message holds a record " + type.getName() + " that can't travel: " + what + ". " + instead);
    }
}
