package io.dataprism.child.wire;

/** What a frame is about. The order is the wire's: new ones go to the end. */
public enum Op {
    /** Of answers, and of the first frame. */
    NONE,

    // The kernel's questions
    LOAD,
    INITIALIZE,
    START,
    STOP,
    DESTROY,
    CONFIGURE,
    ALIVE,
    READY,
    /** A capability is called. */
    CALL,
    /** Somebody in a channel waits for an answer. */
    REQUEST,

    // What the kernel tells
    EVENT,
    MESSAGE,
    /** Nobody waits for the answer of that call any more. */
    CANCELLED,
    /** Something that goes on has ended: a subscription, a watch. */
    ENDED,
    PRESSURE,
    WATCHED,
    /** What was answered about grants holds no more. */
    GRANTS_CHANGED,
    /** End, at once. */
    GOODBYE,

    // The child's questions that are answered at once, whatever else waits
    MAY_CALL,
    REFUSAL,
    MAY,
    REQUIRE,
    CALLER_MAY,
    ALLOCATE,
    DEALLOCATE,
    MEMORY,
    WORK_FOLDER,
    DROPPED,
    PARTICIPANTS,

    // The child's questions that are answered in the plugin's slices
    PUBLISH,
    SUBSCRIBE,
    UNSUBSCRIBE,
    UNSUBSCRIBE_ALL,
    END_SUBSCRIPTION,
    CREATE_CHANNEL,
    JOIN_CHANNEL,
    ON_MESSAGE,
    SEND,
    BROADCAST,
    REQUEST_OF,
    ADMIT,
    EXPEL,
    LEAVE,
    CLOSE_CHANNEL,
    CALL_OF,
    REQUEST_PERMISSION,
    STORAGE_GET,
    STORAGE_PUT,
    STORAGE_REMOVE,
    STORAGE_KEYS,
    STORAGE_APPLY,
    STORAGE_WATCH,
    STORAGE_UNWATCH,
    STORAGE_USAGE,

    // What the child tells
    /** That it is there, what it has used, and for how long it has worked on the same. */
    BEAT,
    /** How much of what it was sent it has worked off. */
    CONSUMED,
    /** A question of its own is of no interest any more. */
    GIVE_UP,
    LOG,
    FAIL,
    /** A handler failed, and nobody waits for its answer. */
    HANDLER_FAILED,
    ON_PRESSURE;

    private static final Op[] ALL = values();

    static Op of(int number) throws MalformedFrameException {
        if (number >= ALL.length) {
            throw new MalformedFrameException("a frame about " + number + ", which there is nothing of");
        }
        return ALL[number];
    }
}
