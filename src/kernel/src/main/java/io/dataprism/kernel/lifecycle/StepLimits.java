package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.manifest.Limits;
import java.time.Duration;
import java.util.Optional;

/** The deadlines of one plugin's steps: what the operator set for the node, else what the manifest says, else the usual. */
record StepLimits(StepDeadlines node, Limits.Steps manifest) {

    Duration of(Step step) {
        return ofNode(step).or(() -> ofManifest(step)).orElseGet(step::usual);
    }

    /** What the operator set. */
    Optional<Duration> ofNode(Step step) {
        return switch (step) {
            case LOAD -> node.load();
            case INITIALIZE, CAPABILITIES, CONFIGURE -> node.initialize();
            case START -> node.start();
            case RUN -> Optional.empty();
            case DRAIN -> node.drain();
            case STOP -> node.stop();
            case DESTROY -> node.destroy();
        };
    }

    /** What the plugin's author asks for. */
    Optional<Duration> ofManifest(Step step) {
        return switch (step) {
            case LOAD, RUN, DRAIN -> Optional.empty();
            case INITIALIZE, CAPABILITIES, CONFIGURE -> manifest.initialize();
            case START -> manifest.start();
            case STOP -> manifest.stop();
            case DESTROY -> manifest.destroy();
        };
    }

    /** Where its deadline can be raised, so that it counts. */
    String whereToRaise(Step step) {
        String node = "node.steps." + step.limit() + " in the node's configuration";
        return !step.isInManifest() || ofNode(step).isPresent()
                ? node
                : "limits.steps." + step.limit() + " in plugin.yaml, or " + node + ",";
    }
}
