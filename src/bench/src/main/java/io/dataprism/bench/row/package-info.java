/**
 * What is measured: a {@code Row} names its peers, its unit and the ratio it must reach; {@code Rounds} measures its peers in turns. Here are
 * the rows that JMH measures; {@code program} has the others.
 */
@NullMarked
package io.dataprism.bench.row;

import org.jspecify.annotations.NullMarked;
