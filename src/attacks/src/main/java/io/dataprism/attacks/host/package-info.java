/** What runs in the JVM that is attacked: the host with its canaries, an attack at a time, and what can be seen of it from outside. */
@NullMarked
package io.dataprism.attacks.host;

import org.jspecify.annotations.NullMarked;
