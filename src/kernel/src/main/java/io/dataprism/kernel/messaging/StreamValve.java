package io.dataprism.kernel.messaging;

/** How far a stream may go on, as told by who takes its items. Both numbers are of the whole stream, so that what was told before adds nothing. */
@FunctionalInterface
interface StreamValve {

    /**
     * On any thread.
     *
     * @param items how many may have come in all
     * @param takenBytes how many bytes of them were taken
     */
    void allow(long items, long takenBytes);
}
