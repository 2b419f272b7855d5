/**
 * The plugins that go wrong, and those beside them that must not feel it. They see the plugin API alone. What they hold is there once {@code initialize} was
 * called, as in any plugin.
 */
@NullUnmarked
package io.dataprism.faults.plugin;

import org.jspecify.annotations.NullUnmarked;
