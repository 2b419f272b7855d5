/**
 * Who may do what, decided in one place.
 *
 * <p>A {@link io.dataprism.kernel.permission.Permission} is a name with a scope, parsed once. The {@link
 * io.dataprism.kernel.permission.GrantStore} holds what was requested (by manifests) and what was granted (by conf, the operator, or
 * somebody who was asked). The {@link io.dataprism.kernel.permission.PermissionGate} is what everything asks; it answers no unless a
 * permission was requested <em>and</em> granted. Withdrawing a grant is told to listeners, so that what stands on it is closed.
 */
@NullMarked
package io.dataprism.kernel.permission;

import org.jspecify.annotations.NullMarked;
