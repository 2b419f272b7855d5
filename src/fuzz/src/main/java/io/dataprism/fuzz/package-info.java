/** Each type here reads what strangers write, and ends with an error where a promise about that does not hold. */
@NullMarked
package io.dataprism.fuzz;

import org.jspecify.annotations.NullMarked;
