/** The plugin class loader and what it lets a plugin see. */
@NullMarked
package io.dataprism.sandbox;

import org.jspecify.annotations.NullMarked;
