package io.dataprism.sandbox.rules;

/**
 * Releases of Java.
 *
 * @param since the first
 * @param before the first after them
 */
public record Releases(int since, int before) {
    /** What is there in every release that DataPrism runs on. */
    static final Releases ALL = new Releases(0, Integer.MAX_VALUE);

    /** Whether {@code feature} is one of them. */
    public boolean include(int feature) {
        return since <= feature && feature < before;
    }

    Releases and(Releases other) {
        return new Releases(Math.max(since, other.since), Math.min(before, other.before));
    }
}
