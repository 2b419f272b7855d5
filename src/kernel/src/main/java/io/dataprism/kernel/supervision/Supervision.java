package io.dataprism.kernel.supervision;

/**
 * How one plugin is supervised.
 *
 * @param restart whether it is started again by itself
 * @param intensity when it is given up
 * @param backOff the pause before it is started again
 * @param strategy who is started again with it
 * @param probing how it is asked whether it is well, where it can be asked
 */
public record Supervision(
        RestartPolicy restart, Intensity intensity, BackOff backOff, RestartStrategy strategy, Probing probing) {}
