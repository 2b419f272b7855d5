/**
 * The attack suite: compiles the attacks with each JDK, has each tried in a JVM of its own kind (no sandbox, the loader's layer without and with means granted),
 * and tells which succeeded. Every attack must succeed without a sandbox, or it shows nothing.
 */
@NullMarked
package io.dataprism.attacks;

import org.jspecify.annotations.NullMarked;
