/** What kernel and child say to each other: frames, values and failures, read by somebody who trusts nothing of them. */
@NullMarked
package io.dataprism.child.wire;

import org.jspecify.annotations.NullMarked;
