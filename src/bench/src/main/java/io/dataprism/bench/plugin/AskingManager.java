package io.dataprism.bench.plugin;

import java.security.Permission;
import java.util.function.IntToLongFunction;

/** Asks the JDK's SecurityManager for one permission, as the JDK's own methods do. */
@SuppressWarnings("removal") // it is what is measured
public final class AskingManager implements IntToLongFunction {
    private final Permission wanted;

    public AskingManager(Permission wanted) {
        this.wanted = wanted;
    }

    @Override
    public long applyAsLong(int times) {
        long allowed = 0;
        for (int i = 0; i < times; i++) {
            SecurityManager manager = System.getSecurityManager();
            manager.checkPermission(wanted);
            allowed++;
        }
        return allowed;
    }
}
