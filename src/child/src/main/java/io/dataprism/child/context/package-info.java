/** What a plugin in a process of its own holds of the world: the same facades as elsewhere, each of which asks the kernel. */
@NullMarked
package io.dataprism.child.context;

import org.jspecify.annotations.NullMarked;
