package io.dataprism.kernel.messaging;

import java.util.Map;

/**
 * What goes with a message's body on the bus.
 *
 * @param id the message's
 * @param causeId of the message for which it was sent
 * @param headers that interceptors have added
 */
record Marks(long id, long causeId, Map<String, String> headers) {

    /** Of what {@code party}'s code sends now. */
    static Marks now(Party party) {
        return party.marks();
    }

    static Marks of(Letter letter) {
        return new Marks(letter.id, letter.causeId, letter.headers());
    }
}
