package io.dataprism.kernel.store;

import java.io.IOException;

/** A copy of the store does not hold what was written into it. */
final class DamagedCopyException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedCopyException(String message) {
        super(message);
    }

    DamagedCopyException(String message, Throwable cause) {
        super(message, cause);
    }
}
