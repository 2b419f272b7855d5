package io.dataprism.attacks.host;

/** What came of an attack. */
public enum Verdict {
    /** It is proven from outside that it did what it is about. */
    SUCCEEDED,
    /** It was refused: the JVM or the sandbox threw something that says so. */
    REFUSED,
    /** It did not do what it is about, and nobody said no. */
    NOTHING,
    /** It did not return in time, and did not do what it is about. */
    HUNG,
    /** The JVM is gone, which was not what it is about. */
    KILLED
}
