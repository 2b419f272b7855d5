/**
 * What guarding made of a plugin's classes, kept in a file from one start to the next, and never taken for what it is not: see {@link
 * io.dataprism.sandbox.kept.KeptClasses}.
 */
@NullMarked
package io.dataprism.sandbox.kept;

import org.jspecify.annotations.NullMarked;
