package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.RecordCodec;
import io.dataprism.api.TableHandle;
import io.dataprism.api.View;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks through the components of one record type, and of those it is made of, whether they can change. For one registration. */
final class RecordComponents {
    private static final Set<Class<?>> JSON = Set.of(
            String.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Double.class,
            Float.class,
            Short.class,
            Byte.class,
            BigDecimal.class,
            BigInteger.class);
    private static final Set<Class<?>> TEXT = Set.of(
            Character.class,
            UUID.class,
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            ZonedDateTime.class,
            ZoneOffset.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            Duration.class,
            Period.class);
    /** Of a moment in a time zone with a long name. */
    private static final long LONGEST_TEXT = 256;

    private static final Set<Class<?>> HANDLES = Set.of(TableHandle.class, View.class);

    private final PluginId plugin;
    private final Class<?> registered;
    private final Map<Class<?>, RecordForm> found = new HashMap<>();

    private RecordComponents(PluginId plugin, Class<?> registered) {
        this.plugin = plugin;
        this.registered = registered;
    }

    /** @throws PluginException {@code DP-0416} where something in it may change, or {@code type} is no record */
    static RecordForm form(PluginId plugin, Class<?> type, @Nullable RecordCodec<Record> codec) {
        RecordComponents components = new RecordComponents(plugin, type);
        if (!type.isRecord() || HANDLES.contains(type)) {
            throw components.refused(
                    type.getName() + " is no record of the plugin's",
                    "Register a record; handles travel by themselves.");
        }
        return components.form(new RecordForm(type, codec));
    }

    private RecordForm form(RecordForm form) {
        found.put(form.type(), form);
        List<RecordForm.Component> components = new ArrayList<>();
        for (RecordComponent component : form.type().getRecordComponents()) {
            components.add(new RecordForm.Component(component.getName(), field(component), inner(component)));
        }
        form.components(components);
        return form;
    }

    /** The form of a component that is a record; null for one that can't change anyway. */
    private @Nullable RecordForm inner(RecordComponent component) {
        Class<?> type = component.getType();
        if (Handles.isKey(component.getName())) {
            throw refused(
                    "component '" + component.getName() + "' would be taken for a handle in JSON",
                    "Give it another name.");
        }
        if (type.isPrimitive() || type.isEnum() || JSON.contains(type) || TEXT.contains(type)) {
            return null;
        }
        if (!type.isRecord() || HANDLES.contains(type)) {
            throw refused(
                    "component '" + component.getName() + "' of "
                            + component.getDeclaringRecord().getName() + " is a " + type.getTypeName()
                            + ", which may change",
                    "Use primitives, String, enums, BigDecimal, BigInteger, UUID, java.time or records of these; send"
                            + " lists, bytes and handles as JSON or by themselves.");
        }
        RecordForm known = found.get(type);
        return known == null ? form(new RecordForm(type, null)) : known;
    }

    private Field field(RecordComponent component) {
        try {
            Field field = component.getDeclaringRecord().getDeclaredField(component.getName());
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException closed) {
            throw refused(
                    "component '" + component.getName() + "' of "
                            + component.getDeclaringRecord().getName() + " can't be read: " + closed.getMessage(),
                    "Use a record of the plugin's own.");
        }
    }

    private PluginException refused(String why, String instead) {
        return new PluginException(
                "DP-0416",
                "Plugin '" + plugin + "' can't register " + registered.getName() + ": " + why + ". " + instead);
    }

    /** A component's value that is no record itself, as it stands in JSON. */
    static @Nullable Object json(@Nullable Object part) {
        if (part == null || JSON.contains(part.getClass())) {
            return part;
        }
        return part instanceof Enum<?> constant ? constant.name() : part.toString();
    }

    /** What every component of {@code type} weighs at most; zero where that depends on the value. */
    static long fixedWeight(Class<?> type) {
        if (type == char.class || TEXT.contains(type)) {
            return LONGEST_TEXT;
        }
        boolean number = Number.class.isAssignableFrom(type) && type != BigDecimal.class && type != BigInteger.class;
        return type.isPrimitive() || type == Boolean.class || number ? Weights.of(0) : 0;
    }

    /** At least what {@link #json} of it weighs; the texts of most are not worth being made for that. */
    static long weight(@Nullable Object part) {
        if (part == null || part instanceof String || JSON.contains(part.getClass())) {
            return Weights.of(part);
        }
        return part instanceof Enum<?> constant ? Weights.of(constant.name()) : LONGEST_TEXT;
    }
}
