/** What was measured, as a table on the terminal, as JSON and in {@code docs/performance.md}. */
@NullMarked
package io.dataprism.bench.report;

import org.jspecify.annotations.NullMarked;
