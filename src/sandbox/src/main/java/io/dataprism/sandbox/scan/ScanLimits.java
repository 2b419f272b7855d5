package io.dataprism.sandbox.scan;

import java.time.Duration;

/**
 * How much is looked at.
 *
 * @param entries of one jar
 * @param classBytes of one class file
 * @param allBytes of all that is unpacked: nested jars, and the classes in them
 * @param methods that are kept in mind, of all classes
 * @param time after which no further class is begun
 */
record ScanLimits(int entries, int classBytes, long allBytes, int methods, Duration time) {
    static final ScanLimits STANDARD = new ScanLimits(100_000, 16 << 20, 2L << 30, 1_000_000, Duration.ofMinutes(2));
}
