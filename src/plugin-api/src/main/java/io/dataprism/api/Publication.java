package io.dataprism.api;

import java.util.List;

/**
 * What became of a published event on this node.
 *
 * @param accepted how many subscriptions' mailboxes took it
 * @param refused who did not, and why
 */
public record Publication(int accepted, List<Refusal> refused) {

    public Publication {
        refused = List.copyOf(refused);
    }

    /** One subscriber that did not take an event. */
    public record Refusal(Caller subscriber, FailureKind kind, String reason) {}
}
