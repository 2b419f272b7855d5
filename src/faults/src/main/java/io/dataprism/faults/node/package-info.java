/** Nodes in processes of their own, what they are configured with, and how they are looked at from outside. */
@NullMarked
package io.dataprism.faults.node;

import org.jspecify.annotations.NullMarked;
