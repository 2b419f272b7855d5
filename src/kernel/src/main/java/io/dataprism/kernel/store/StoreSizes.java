package io.dataprism.kernel.store;

/**
 * How large a {@link Store} may be, apart from what is in it.
 *
 * @param cacheMegabytes what each of its two copies may hold in memory
 * @param small copies with fewer bytes are never written anew to be smaller
 * @param waste copies that are more than so many times larger than what is in them are
 */
public record StoreSizes(int cacheMegabytes, long small, long waste) {
    /** Of the node's own store. */
    static final StoreSizes NODE = new StoreSizes(4, 4L << 20, 8);
}
