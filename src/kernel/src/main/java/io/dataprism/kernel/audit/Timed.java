package io.dataprism.kernel.audit;

import java.time.Instant;

/** What happened, and when. */
record Timed(Instant at, AuditEntry entry) {}
