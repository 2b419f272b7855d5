/**
 * The plugin {@code tables}: keeps tables by handle and works on them.
 *
 * <p>{@link io.dataprism.tables.TablesPlugin} answers the calls. {@code TableShelf} knows which handle stands for which table of the engine, whose it
 * is and how long it is kept; {@code Readers} how many readers each caller has open. Both live in the plugin's slices. Whatever takes time runs
 * in {@code context.blocking} on the {@link io.dataprism.tables.engine.TableEngine}.
 */
@NullMarked
package io.dataprism.tables;

import org.jspecify.annotations.NullMarked;
