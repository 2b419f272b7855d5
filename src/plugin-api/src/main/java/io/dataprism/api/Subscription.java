package io.dataprism.api;

import io.vertx.core.Future;

/** One handler's subscription. */
public interface Subscription {

    /** The topic or pattern subscribed to. */
    String pattern();

    /** How many events were dropped so far because there was no room for them; see {@link WhenFull}. */
    long dropped();

    /** End it. Nothing arrives after the future has completed; a second call changes nothing. */
    Future<Void> cancel();

    /**
     * Succeeds when it was cancelled, or its channel was left or closed; fails with the reason when it ended otherwise, such as with {@link PermissionDeniedException}
     * when its permission was taken back.
     */
    Future<Void> ended();
}
