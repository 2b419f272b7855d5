package io.dataprism.api;

import java.util.Map;
import java.util.Optional;

/**
 * Which message it is, and for which other one it was sent. Both are attested by the kernel, and are the same on every node that the message
 * passes; the texts are made when they are asked for. An answer goes by the id of its call.
 */
public interface Trace {

    /** Unique in the cluster as long as its node runs: the node's name and a number. The numbers say nothing about order. */
    String id();

    /** The id of the message in whose handling, or on whose answer, this one was sent; empty where it was for none that is known. */
    Optional<String> cause();

    /** What the host application's interceptors have added; empty where they have not. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** Of a message that was sent for no other one. */
    static Trace of(String id) {
        return new Trace() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public Optional<String> cause() {
                return Optional.empty();
            }
        };
    }
}
