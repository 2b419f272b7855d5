/**
 * What plugins may use and what they use: memory accounts, charged by the kernel and by the plugin itself, with a limit for each and one for all; processor
 * time, metered slice by slice, with a budget for each.
 */
@NullMarked
package io.dataprism.kernel.resource;

import org.jspecify.annotations.NullMarked;
