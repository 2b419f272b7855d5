/**
 * Keeps the log readable for the operator, whatever plugins, users, host code or other nodes do: a line that one of these can cause at will goes through a
 * {@link io.dataprism.kernel.logging.LogLimit}, which is asked before each and says later how many were left out.
 */
@NullMarked
package io.dataprism.kernel.logging;

import org.jspecify.annotations.NullMarked;
