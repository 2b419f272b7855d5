/**
 * What a reviewer of a plugin looks at: what the scan of its classes found, beside what its manifest asks for and why.
 *
 * <p>{@link io.dataprism.app.review.Review} holds the two against each other, permission by permission; what is found and not asked for is a
 * problem of it. {@link io.dataprism.app.review.ReviewForm} writes it as JSON, as SARIF for other tools, or as a page of HTML that needs nothing
 * else. Every text of the plugin's goes through {@link io.dataprism.app.report.Html} there.
 */
@NullMarked
package io.dataprism.app.review;

import org.jspecify.annotations.NullMarked;
