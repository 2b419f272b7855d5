package io.dataprism.kernel.messaging;

/** What a message is to its receiver. */
public enum MessageKind {
    EVENT("event", "events"),
    /** Sent in a channel. */
    MESSAGE("message", "messages"),
    /** Sent in a channel, with an answer wanted. */
    REQUEST("request", "requests"),
    CALL("call", "calls");

    private final String one;
    private final String many;

    MessageKind(String one, String many) {
        this.one = one;
        this.many = many;
    }

    String counted(long count) {
        return count + " " + (count == 1 ? one : many);
    }

    /** In JSON. */
    String label() {
        return one;
    }
}
