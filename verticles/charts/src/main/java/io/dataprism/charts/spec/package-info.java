/**
 * Finds what is wrong with a Vega-Lite specification before Vega-Lite sees it, which would draw an empty chart and say nothing.
 *
 * <p>{@link io.dataprism.charts.spec.SpecCheck} holds the specification against Vega-Lite's own JSON schema. That schema is made of
 * alternatives, so a validator reports each mistake dozens of times, once for every alternative that was not meant. {@code
 * SchemaWalk} instead weighs the alternatives and reports on the one that the author most likely meant. {@code FieldCheck} then holds
 * the fields that the specification uses against the columns that the data has.
 */
@NullMarked
package io.dataprism.charts.spec;

import org.jspecify.annotations.NullMarked;
