/**
 * Finds out what a file holds and how it is written, from its content rather than its name.
 *
 * <p>{@link io.dataprism.files.detect.Detector} reads the head of the file: compression and format by their magic numbers, the encoding (and whether
 * the whole file keeps to it), then for CSV the dialect ({@code DialectSniffer}), whether there is a header, how numbers and
 * dates are written and which words stand for a missing value ({@code ColumnSniffer}). Whatever the caller says wins over what is found. Everything here blocks and
 * holds a fixed part of the file only.
 */
@NullMarked
package io.dataprism.files.detect;

import org.jspecify.annotations.NullMarked;
