package io.dataprism.kernel.manifest;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * When the plugin is started, and when it may be stopped for want of work. Until then no class of it is loaded.
 *
 * @param onStart with the kernel
 * @param onCapability at the first call of one of these capabilities
 * @param onEvent at the first event that one of these topics or patterns matches
 * @param idleStop after so long in which nothing of it ran and nothing that it began was under way
 */
public record Activation(boolean onStart, Set<String> onCapability, Set<String> onEvent, Optional<Duration> idleStop) {
    /** With the kernel, and it stays. */
    public static final Activation WITH_KERNEL = new Activation(true, Set.of(), Set.of(), Optional.empty());

    public Activation {
        onCapability = Set.copyOf(onCapability);
        onEvent = Set.copyOf(onEvent);
    }
}
