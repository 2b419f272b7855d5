package io.dataprism.kernel.audit;

/** Where what happens is told, to be kept. Safe to use from any thread, also on an event loop; nothing waits for the disk, and nothing fails. */
public interface AuditTrail {
    /** Keeps nothing. */
    AuditTrail NONE = new AuditTrail() {
        @Override
        public void changed(AuditEntry entry) {
            // Nobody reads it.
        }

        @Override
        public void denied(AuditEntry entry) {
            // Nobody reads it.
        }
    };

    /** Something was changed, or tried to be: it gets a line of its own. */
    void changed(AuditEntry entry);

    /** Something was refused: the same again and again is one line that counts it. */
    void denied(AuditEntry entry);
}
