/** The rows of the fault table, a class each. */
@NullMarked
package io.dataprism.faults.row;

import org.jspecify.annotations.NullMarked;
