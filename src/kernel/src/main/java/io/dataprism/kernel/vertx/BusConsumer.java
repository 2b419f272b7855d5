package io.dataprism.kernel.vertx;

/**
 * Somebody who consumes an address on the raw bus.
 *
 * @param address the whole address
 * @param who the class of its handler, as far as can be seen
 */
public record BusConsumer(String address, String who) {}
