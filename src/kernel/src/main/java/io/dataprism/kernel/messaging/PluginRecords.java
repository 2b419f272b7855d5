package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.RecordCodec;
import io.dataprism.api.Records;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The record types of one plugin: those that it registered, and those of others that it sees and received. Safe to use from any thread. */
final class PluginRecords implements Records {
    private final PluginId plugin;
    private final ClassLoader loader;
    private volatile Map<Class<?>, RecordForm> forms = Map.of();
    /** Whether this plugin sees a class of another one. Guarded by the lock, as changes of the forms are; never what keeps such a class. */
    private @Nullable Map<Class<?>, Boolean> seen;

    private final Object lock = new Object();

    PluginRecords(PluginId plugin, ClassLoader loader) {
        this.plugin = plugin;
        this.loader = loader;
    }

    @Override
    public void register(Class<? extends Record> type) {
        add(RecordComponents.form(plugin, type, null));
    }

    @Override
    @SuppressWarnings("unchecked") // it is only asked for records of the type it stands beside
    public <R extends Record> void register(Class<R> type, RecordCodec<R> codec) {
        add(RecordComponents.form(plugin, type, (RecordCodec<Record>) codec));
    }

    private void add(RecordForm form) {
        synchronized (lock) {
            Map<Class<?>, RecordForm> more = new HashMap<>(forms);
            more.put(form.type(), form);
            forms = Map.copyOf(more);
        }
    }

    /**
     * What the plugin's code sends. In its slice.
     *
     * @throws PluginException {@code DP-0403} where the type is neither registered nor a handle
     */
    @Nullable
    Object take(Record value) {
        RecordForm form = forms.get(value.getClass());
        return form == null ? Payloads.take(value) : form.take(value);
    }

    /** The record itself where this plugin sees the very same class, else its JSON. */
    Object fit(SharedRecord shared) {
        RecordForm form = shared.form();
        // Most come again and again, and are known by then.
        if (forms.containsKey(form.type())) {
            return shared;
        }
        if (!sees(form.type())) {
            return shared.json();
        }
        if (form.isAnyones()) {
            add(form);
        }
        return shared;
    }

    private boolean sees(Class<?> type) {
        if (type.getClassLoader() == loader) {
            return true;
        }
        synchronized (lock) {
            Map<Class<?>, Boolean> known = seen == null ? new WeakHashMap<>() : seen;
            seen = known;
            return known.computeIfAbsent(type, this::find);
        }
    }

    private boolean find(Class<?> type) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError unseen) {
            return false;
        }
    }

    /** The plugin ended. */
    void clear() {
        synchronized (lock) {
            forms = Map.of();
        }
    }
}
