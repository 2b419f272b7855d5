package io.dataprism.kernel.supervision;

import java.time.Duration;
import java.util.Optional;

/** What one source, a manifest or the operator, says about how a plugin is supervised; the next one is asked about the rest. */
public record SupervisionTerms(
        Optional<RestartPolicy> restart,
        Optional<Intensity> intensity,
        Optional<BackOff> backOff,
        Optional<RestartStrategy> strategy,
        Optional<Probing> probing) {
    /** Nothing said. */
    public static final SupervisionTerms NONE = new SupervisionTerms(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final Intensity FIVE_A_MINUTE = new Intensity(5, Duration.ofSeconds(60));
    private static final Duration LEAST_GROWTH = Duration.ofSeconds(10);
    private static final BackOff USUAL_PAUSE = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(30));

    /** What is said here, else there. */
    public SupervisionTerms or(SupervisionTerms there) {
        return new SupervisionTerms(
                restart.or(there::restart),
                intensity.or(there::intensity),
                backOff.or(there::backOff),
                strategy.or(there::strategy),
                probing.or(there::probing));
    }

    /**
     * As a manifest may say it: pauses must be let grow to ten seconds at least, so that no author has a node start a plugin over and over.
     */
    public SupervisionTerms ofAuthor() {
        return new SupervisionTerms(restart, intensity, backOff.map(SupervisionTerms::growing), strategy, probing);
    }

    private static BackOff growing(BackOff said) {
        return said.most().compareTo(LEAST_GROWTH) >= 0 || said.least().compareTo(LEAST_GROWTH) >= 0
                ? said
                : new BackOff(said.least(), LEAST_GROWTH);
    }

    /** With what holds where nobody says anything: transient, 5 in 60s, 200ms..30s, rest-for-one. */
    public Supervision settled() {
        return new Supervision(
                restart.orElse(RestartPolicy.TRANSIENT),
                intensity.orElse(FIVE_A_MINUTE),
                backOff.orElse(USUAL_PAUSE),
                strategy.orElse(RestartStrategy.REST_FOR_ONE),
                probing.orElse(Probing.DEFAULT));
    }
}
