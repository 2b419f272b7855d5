/** What was seen of the faults: on the terminal, as JSON, and in the page about them. */
@NullMarked
package io.dataprism.faults.report;

import org.jspecify.annotations.NullMarked;
