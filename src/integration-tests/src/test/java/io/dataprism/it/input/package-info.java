/** What is wrong, of every kind, and what is said of it. */
@NullMarked
package io.dataprism.it.input;

import org.jspecify.annotations.NullMarked;
