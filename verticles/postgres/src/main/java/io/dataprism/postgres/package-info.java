/**
 * Tables of PostgreSQL as tables of the node. {@link io.dataprism.postgres.PostgresPlugin} opens a session for each fetch and sync and closes it after: what was
 * fetched goes batch by batch to the tables' provider, which puts it together; what is synced goes batch by batch into one transaction.
 */
@NullMarked
package io.dataprism.postgres;

import org.jspecify.annotations.NullMarked;
