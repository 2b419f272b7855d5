/**
 * Tables in one embedded DuckDB. Everything here blocks; the plugin calls it through its context's {@code blocking}.
 *
 * <p>The flow: a file, rows or a query becomes a {@link io.dataprism.tables.engine.StoredTable}, which is then queried, transformed,
 * profiled, validated, read in batches and written back to a file.
 *
 * <p>Two walls stand between a caller's SQL and the machine. {@code SqlGuard} takes the statement apart with DuckDB's own parser and lets
 * through one {@code SELECT} over the named inputs and known functions. Behind it the database runs with external access off and its
 * configuration locked: the one folder it can reach, {@code FileGate}'s, holds nothing but a link to a file while that file is being
 * read or written for somebody who may.
 */
@NullMarked
package io.dataprism.tables.engine;

import org.jspecify.annotations.NullMarked;
