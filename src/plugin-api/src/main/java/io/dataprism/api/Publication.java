package io.dataprism.api;

import java.util.List;

/**
 * What became of a published event on this node.
 *
 * @param accepted how many subscriptions' mailboxes took it
 * @param refused who did not, and why
 * @param woken how many plugins it starts, or found starting; it is kept for the subscriptions that they make
 */
public record Publication(int accepted, List<Refusal> refused, int woken) {

    public Publication {
        refused = List.copyOf(refused);
    }

    /** One that starts nobody. */
    public Publication(int accepted, List<Refusal> refused) {
        this(accepted, refused, 0);
    }

    /** One subscriber that did not take an event. */
    public record Refusal(Caller subscriber, FailureKind kind, String reason) {}
}
