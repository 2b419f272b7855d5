package io.dataprism.api;

/**
 * How a subscription takes events.
 *
 * @param whenFull what becomes of events for which the subscriber's mailbox has no room
 * @param waiting how many of them may wait besides; 1 to 100,000; of no meaning for {@link WhenFull#REFUSE} and {@link
 *     WhenFull#KEEP_LATEST}
 */
public record SubscribeOptions(WhenFull whenFull, int waiting) {
    private static final int MOST = 100_000;

    /** Refuse, which is how events are taken where nothing else is said. */
    public static final SubscribeOptions DEFAULT = new SubscribeOptions(WhenFull.REFUSE, 1_000);

    public SubscribeOptions {
        if (waiting < 1 || waiting > MOST) {
            throw new PluginException(
                    "DP-0414",
                    "A subscription may let 1 to " + MOST + " events wait, but " + waiting + " were asked for.");
        }
    }

    /** {@code whenFull} with 1,000 waiting. */
    public static SubscribeOptions whenFull(WhenFull whenFull) {
        return new SubscribeOptions(whenFull, DEFAULT.waiting);
    }
}
