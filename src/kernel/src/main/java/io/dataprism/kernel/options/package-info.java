/**
 * Reading one section of a configuration into an options record, with every problem at once.
 *
 * <p>An {@code …Options.fromJson(JsonObject)} makes an {@link io.dataprism.kernel.options.OptionReader} over its section, reads each
 * option through it, and returns {@link io.dataprism.kernel.options.OptionReader#checked}: the options, or the list of problems, each with the
 * path of the key. Whoever read the file adds file, line and column.
 */
@NullMarked
package io.dataprism.kernel.options;

import org.jspecify.annotations.NullMarked;
