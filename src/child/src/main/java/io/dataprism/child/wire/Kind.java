package io.dataprism.child.wire;

/** What kind of frame it is. The order is the wire's. */
public enum Kind {
    /** The first one of a child: its token. */
    HELLO,
    /** Asks for an answer, by its number. */
    ASK,
    /** The answer to the question of that number. */
    ANSWER,
    /** The failure that is the answer to the question of that number. */
    FAILURE,
    /** Asks for none. */
    TELL;

    private static final Kind[] ALL = values();

    static Kind of(int number) throws MalformedFrameException {
        if (number < 0 || number >= ALL.length) {
            throw new MalformedFrameException("a frame of kind " + number + ", which there is none of");
        }
        return ALL[number];
    }
}
