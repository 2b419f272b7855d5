/** What the benchmarks' plugins send as Java objects; a plugin of its own exports it, as plugins do that share types; packages under io.dataprism are the node's and can't be exported. */
@NullMarked
package org.example.reading;

import org.jspecify.annotations.NullMarked;
