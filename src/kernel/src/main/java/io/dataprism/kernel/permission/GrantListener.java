package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;

/** Is told after grants changed, on the thread that changed them. Must be quick. */
@FunctionalInterface
public interface GrantListener {

    /** What {@code caller} may do is not what it was. */
    void changed(Caller caller);
}
