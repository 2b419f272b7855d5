package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.resource.Measured;
import io.dataprism.kernel.resource.MemoryAccounts;
import java.util.HashMap;
import java.util.Map;

/**
 * What a plugin retains, held against what it may: beyond four fifths it is asked to give some back; beyond all of it, it is also allowed to charge nothing
 * more; and where it is found so again and again, it is to be suspended. A count that was cut tells only of what is too much. Owned by the lifecycle thread.
 */
final class SoftLimit {
    /** So often in a row. */
    private static final int PATIENCE = 3;

    private static final int FIFTH = 5;

    private final MemoryAccounts accounts;
    private final Map<PluginId, Integer> over = new HashMap<>();

    SoftLimit(MemoryAccounts accounts) {
        this.accounts = accounts;
    }

    /** {@code id} was found to have {@code found}; whether it is to be suspended now. */
    boolean isTooMuch(PluginId id, Measured found) {
        long retained = found.retained().orElse(0);
        long limit = accounts.limit(id);
        if (retained > limit - limit / FIFTH) {
            accounts.ask(id, retained);
        }
        if (retained <= limit) {
            if (!found.cut()) {
                forget(id);
            }
            return false;
        }
        accounts.refuse(id, retained);
        return over.merge(id, 1, Integer::sum) >= PATIENCE;
    }

    /** Whether somebody is to be looked at again soon. */
    boolean isPressing() {
        return !over.isEmpty();
    }

    /** Begin anew with {@code id}. */
    void forget(PluginId id) {
        if (over.remove(id) != null) {
            accounts.refuse(id, 0);
        }
    }
}
