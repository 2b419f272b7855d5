/** What reading a file of configuration or a pipeline shares: schemas as resources, problems, and how they are shown. */
@NullMarked
package io.dataprism.app.input;

import org.jspecify.annotations.NullMarked;
