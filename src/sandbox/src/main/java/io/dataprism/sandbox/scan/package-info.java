/**
 * What an artifact's classes reach for, found out without running them. {@link io.dataprism.sandbox.scan.ArtifactScan} goes through the
 * plugin's own classes and each nested jar; every class file is held against the rule table ({@code sandbox.rules}), and where a rule
 * applies, its code is walked for the place and for the target that a constant tells. What comes of it is a {@link
 * io.dataprism.sandbox.scan.ScanReport}: findings, and objections to what no honest plugin holds. Time and memory stay in proportion to the
 * bytes looked at, which are limited, whatever they are.
 */
@NullMarked
package io.dataprism.sandbox.scan;

import org.jspecify.annotations.NullMarked;
