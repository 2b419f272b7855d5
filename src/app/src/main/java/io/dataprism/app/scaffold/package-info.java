/**
 * Writes new plugin projects: {@link io.dataprism.app.scaffold.NewPlugin} says what is wanted, {@link
 * io.dataprism.app.scaffold.PluginProject} writes the files of its category's template.
 */
@NullMarked
package io.dataprism.app.scaffold;

import org.jspecify.annotations.NullMarked;
