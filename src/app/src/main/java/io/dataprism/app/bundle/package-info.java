/**
 * The report that an operator attaches to a bug report: a zip whose parts are listed in it, from which every secret that is known, and whatever looks like one, was
 * taken out, and all that plugins wrote in their own words.
 */
@NullMarked
package io.dataprism.app.bundle;

import org.jspecify.annotations.NullMarked;
