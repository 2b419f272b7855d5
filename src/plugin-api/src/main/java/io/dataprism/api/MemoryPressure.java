package io.dataprism.api;

/**
 * Why a plugin is asked to give memory back.
 *
 * @param used bytes on its account
 * @param limit bytes that there may be at most
 * @param ofAll whether the accounts of all plugins together come near their limit, though this one's may not
 */
public record MemoryPressure(long used, long limit, boolean ofAll) {}
