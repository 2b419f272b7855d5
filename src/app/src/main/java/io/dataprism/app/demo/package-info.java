/**
 * {@code dataprism demo}: {@link io.dataprism.app.demo.ShippedDemo} runs the pipelines that come with DataPrism, {@link
 * io.dataprism.app.demo.OwnDataDemo} makes one for a file of the user's and leaves it for editing. Both end in a {@link
 * io.dataprism.app.report.Report}.
 */
@NullMarked
package io.dataprism.app.demo;

import org.jspecify.annotations.NullMarked;
