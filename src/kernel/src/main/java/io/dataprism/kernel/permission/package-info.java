/**
 * Who may do what, decided in one place.
 *
 * <p>A {@link io.dataprism.kernel.permission.Permission} is a name with a scope, parsed once. The {@link
 * io.dataprism.kernel.permission.GrantStore} holds what was requested (by manifests) and what was granted (by conf, the operator, or
 * somebody who was asked), for how long, and what was denied, which is a {@link io.dataprism.kernel.permission.PermissionRule}. The {@link io.dataprism.kernel.permission.PermissionGate} is what everything asks; it answers no unless a
 * permission was requested <em>and</em> granted and no denial touches it, and gives its {@link io.dataprism.kernel.permission.Ruling}
 * on demand. What outlives the node is written to its {@link io.dataprism.kernel.store.Store}. Withdrawing a grant is told to listeners, so that what stands on it is closed.
 */
@NullMarked
package io.dataprism.kernel.permission;

import org.jspecify.annotations.NullMarked;
