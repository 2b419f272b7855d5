/**
 * The audit log: who did what to what, what was decided, and why.
 *
 * <p>What happens is told to an {@link io.dataprism.kernel.audit.AuditTrail}; the {@link io.dataprism.kernel.audit.AuditLog} queues it, and one thread writes
 * it, line by line, each with the hash of the line before. The newest hash is told to a file elsewhere, so that {@link
 * io.dataprism.kernel.audit.AuditReader#verify} finds what was altered, removed, replaced or cut off.
 */
@NullMarked
package io.dataprism.kernel.audit;

import org.jspecify.annotations.NullMarked;
