package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;

/**
 * How many messages somebody was allowed to send.
 *
 * @param who who
 * @param permission the name of the permission for it
 * @param count how many
 */
public record Sent(Caller who, String permission, long count) {}
