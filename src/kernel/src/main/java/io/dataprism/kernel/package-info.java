/** The embeddable microkernel. */
@NullMarked
package io.dataprism.kernel;

import org.jspecify.annotations.NullMarked;
