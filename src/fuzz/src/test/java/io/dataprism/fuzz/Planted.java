package io.dataprism.fuzz;

/** Has a fault that is found only by who looks at what the code compares: without it nobody would know that the fuzzers find any. */
public final class Planted {
    private Planted() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length > 3 && bytes[0] == 'p' && bytes[1] == 'r' && bytes[2] == 'i' && bytes[3] == 's') {
            throw new IllegalStateException("found");
        }
    }
}
