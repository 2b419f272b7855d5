/**
 * Speaks with PostgreSQL, on vertx-pg-client: {@link io.dataprism.driver.postgres.PostgresDriver} connects to the address that the kernel checked, on an event
 * loop of its own; a query is described first, then read through a cursor, with what has no type in tables cast to text by the server.
 */
@NullMarked
package io.dataprism.driver.postgres;

import org.jspecify.annotations.NullMarked;
