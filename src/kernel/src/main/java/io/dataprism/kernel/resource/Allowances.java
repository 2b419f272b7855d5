package io.dataprism.kernel.resource;

import io.dataprism.api.PluginId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the operator lets single plugins use, also those that are not there yet. It goes with the plugin: what is installed under its id after it was removed
 * is another one, as for grants. Safe to use from any thread.
 */
public final class Allowances {
    private final Map<PluginId, Allowance> allowances = new ConcurrentHashMap<>();

    /** Let {@code id} use this whenever it is opened from now on; {@link Allowance#NONE} takes it back. */
    public void set(PluginId id, Allowance allowance) {
        if (allowance.equals(Allowance.NONE)) {
            allowances.remove(id);
        } else {
            allowances.put(id, allowance);
        }
    }

    public Allowance of(PluginId id) {
        return allowances.getOrDefault(id, Allowance.NONE);
    }
}
