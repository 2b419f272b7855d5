package io.dataprism.kernel.messaging;

/**
 * Why a plugin that runs takes no calls of others.
 *
 * @param code the stable code
 * @param why which plugin, why, what to do
 */
public record TurnedAway(String code, String why) {}
