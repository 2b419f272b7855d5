/** What messages of several packages are made with. */
@NullMarked
package io.dataprism.kernel.text;

import org.jspecify.annotations.NullMarked;
