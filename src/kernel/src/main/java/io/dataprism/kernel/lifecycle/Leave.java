package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.resolve.Unresolved;
import java.util.Optional;

/**
 * Whether a version that was chosen may be started: what it can't do without was granted, and somebody vouches for it where that matters. Owned by the
 * lifecycle thread.
 */
record Leave(GrantStore grants, Vouching vouching) {

    /** What keeps {@code record} from being started; empty where nothing does. */
    Optional<Unresolved> lacking(PluginRecord record) {
        return vouching.lacking(record).or(() -> MissingGrants.required(record.manifest(), grants));
    }
}
