/**
 * The page that a demo leaves: charts, profiles, checks, and which plugin did what in what time. One file that needs nothing else, except
 * that its links lead to the charts' files beside it.
 *
 * <p>{@link io.dataprism.app.report.Report} fills the page; a {@link io.dataprism.app.report.Chapter} is one pipeline's run, and each part of it
 * is drawn by a class of its own. Every text that comes from data goes through {@link io.dataprism.app.report.Html}.
 */
@NullMarked
package io.dataprism.app.report;

import org.jspecify.annotations.NullMarked;
