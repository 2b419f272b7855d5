package io.dataprism.api;

/**
 * How an event is published.
 *
 * @param retained whether it stays as its topic's last value, which who subscribes later gets first; where the body is null, the topic has
 *     none from then on
 */
public record PublishOptions(boolean retained) {
    /** It is gone once its subscribers have it. */
    public static final PublishOptions DEFAULT = new PublishOptions(false);

    /** It stays as its topic's last value. */
    public static final PublishOptions RETAINED = new PublishOptions(true);
}
