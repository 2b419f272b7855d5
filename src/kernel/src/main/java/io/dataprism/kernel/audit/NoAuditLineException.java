package io.dataprism.kernel.audit;

import java.io.IOException;

/** Bytes are no line of an audit log that this kernel can read. */
final class NoAuditLineException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean newer;

    private NoAuditLineException(String message, boolean newer) {
        super(message);
        this.newer = newer;
    }

    static NoAuditLineException because(String what) {
        return new NoAuditLineException(what, false);
    }

    static NoAuditLineException format(int found) {
        return new NoAuditLineException(
                "it has format " + found + ", and " + AuditLine.VERSION + " is known", found > AuditLine.VERSION);
    }

    /** Whether a newer kernel wrote it. */
    boolean isNewer() {
        return newer;
    }
}
