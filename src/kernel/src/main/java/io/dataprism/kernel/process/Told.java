package io.dataprism.kernel.process;

import io.dataprism.api.CallException;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.child.wire.WireFailure;
import io.dataprism.kernel.messaging.SafeFailure;

/** What a child threw, as the kernel's own exceptions. */
final class Told {
    private Told() {}

    /** As a plugin of this process would have thrown it. */
    static Throwable failure(WireFailure told) {
        SafeFailure safe = safe(told);
        if (told.kind().isPresent()) {
            return new CallException(told.kind().get(), told.code(), told.message(), safe);
        }
        if (!told.permission().isEmpty()) {
            return new PermissionDeniedException(told.permission(), told.message());
        }
        return told.code().isEmpty() ? safe : new PluginException(told.code(), told.message(), safe);
    }

    static SafeFailure safe(WireFailure told) {
        return SafeFailure.told(
                told.type(),
                told.message(),
                told.code(),
                told.frames(),
                told.cause().map(Told::safe).orElse(null));
    }
}
