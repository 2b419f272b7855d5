/**
 * The Maven plugin for plugin authors: goal {@code dataprism:package-plugin} puts the libraries that a plugin needs into its jar and checks
 * {@code plugin.yaml} with the reader that the kernel uses.
 */
@NullMarked
package io.dataprism.maven;

import org.jspecify.annotations.NullMarked;
