/** The one place of the gateway that leans on Vert.x internals. */
@NullMarked
package io.dataprism.gateway.vertx;

import org.jspecify.annotations.NullMarked;
