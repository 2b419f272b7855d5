/**
 * The fault table: brings each fault about on a real node in a process of its own, and tells what was promised, what was seen, and whether the promise was kept.
 * {@code node} starts nodes and looks at them, {@code plugin} holds the plugins that go wrong, {@code row} a class for each fault.
 */
@NullMarked
package io.dataprism.faults;

import org.jspecify.annotations.NullMarked;
