/**
 * The plugin {@code files}: folders, files and URLs as tables, and tables back as files.
 *
 * <p>{@link io.dataprism.files.FilesPlugin} answers the calls. A {@code Place} is what a connection leads to; it says which file a query means, and never
 * one outside. Who asks must have been granted the file or host, and so must this plugin. {@code io.dataprism.files.detect} then finds out how
 * the file is written, and the table service loads it.
 */
@NullMarked
package io.dataprism.files;

import org.jspecify.annotations.NullMarked;
