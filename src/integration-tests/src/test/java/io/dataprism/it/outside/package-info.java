/**
 * What a user has after installing this build's artifacts: an application of one's own with the kernel in it, and a new plugin's
 * project, each built by a Maven of its own. These run once the modules' jars are there, in the phase {@code verify}.
 */
package io.dataprism.it.outside;
