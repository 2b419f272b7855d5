package io.dataprism.kernel.supervision;

import java.time.Duration;

/** What follows from a failure. */
public sealed interface Verdict {

    /** It stays down until somebody asks for it. */
    record Rest() implements Verdict {}

    /**
     * It is started again.
     *
     * @param failures how many there were in the time that counts
     */
    record Again(Duration pause, int failures) implements Verdict {}

    /** It failed too often: it stays down until it is released. */
    record GivenUp(int failures) implements Verdict {}
}
