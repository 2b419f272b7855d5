/** What a plugin compiles against. */
@NullMarked
package io.dataprism.api;

import org.jspecify.annotations.NullMarked;
