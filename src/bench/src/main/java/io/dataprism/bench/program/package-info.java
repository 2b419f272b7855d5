/**
 * What is measured in a process of its own with a {@code main} rather than by JMH: plugins' lives, the start of a node, and messages beside a
 * plugin that burns CPU. A program prints one line of JSON, metrics by name.
 */
@NullMarked
package io.dataprism.bench.program;

import org.jspecify.annotations.NullMarked;
