/**
 * What a plugin may hold: memory accounts, charged by the kernel and by the plugin itself, with a limit for each and one for
 * all.
 */
@NullMarked
package io.dataprism.kernel.resource;

import org.jspecify.annotations.NullMarked;
