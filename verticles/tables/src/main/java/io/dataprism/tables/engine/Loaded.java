package io.dataprism.tables.engine;

import io.vertx.core.json.JsonObject;

/**
 * A table that was made, and what is to be said about the making.
 *
 * @param report for a CSV file {@code {rejected: {count, more, rows: [{line, reason, text}]}, widened: [{column, from, to, line, reason}]}}; empty where
 *     there is nothing to say
 */
public record Loaded(StoredTable table, JsonObject report) {}
