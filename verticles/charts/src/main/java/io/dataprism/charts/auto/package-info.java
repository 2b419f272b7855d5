/**
 * Picks charts that fit a table.
 *
 * <p>A {@link io.dataprism.charts.auto.TableProfile} says what the columns are. Each {@code ChartIdea} looks for columns that it suits and offers
 * {@link io.dataprism.charts.auto.Suggestion}s with a score; {@link io.dataprism.charts.auto.ChartPicker} takes the best, and of
 * like ones only some. A suggestion carries the query that reduces the table to the few rows that are drawn, and the
 * Vega-Lite transforms that do the same, so that a chart of millions of rows costs what its marks cost.
 */
@NullMarked
package io.dataprism.charts.auto;

import org.jspecify.annotations.NullMarked;
