package io.dataprism.kernel;

/**
 * One of the things the kernel does on any Vertx and JVM that offers what it takes.
 *
 * @param name what is promised, in a few words
 * @param kept whether it holds here
 * @param reason where it does not hold: what is missing, and what to do about it
 */
public record HostPromise(String name, boolean kept, String reason) {}
