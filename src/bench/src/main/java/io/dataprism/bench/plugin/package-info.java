/** The plugins that are measured. They are packed into real jars and see of the benchmark only what {@code Meeting} hands them. */
@NullMarked
package io.dataprism.bench.plugin;

import org.jspecify.annotations.NullMarked;
