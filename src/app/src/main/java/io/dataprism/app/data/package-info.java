/** Data files and results of queries, as the commands need them: files become tables by way of the plugin {@code files}, tables become text. */
@NullMarked
package io.dataprism.app.data;

import org.jspecify.annotations.NullMarked;
