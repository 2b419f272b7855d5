package io.dataprism.child.wire;

/**
 * The form of a frame: its length without these four bytes, the version, what kind of frame it is, what it is about, a number, and its content. Numbers
 * are big-endian.
 */
public final class Wire {
    /** Of all that is said; another one is refused. */
    public static final int VERSION = 1;

    /** Bytes of a frame at most, content and head together. */
    public static final int MOST_BYTES = 16 << 20;

    /** Characters of a permission's name or scope, and of what is told of a call that was refused. */
    public static final int LONGEST_TOLD = 8_000;

    /** Of the answer to {@link Op#MAY_CALL}: the call may be made. */
    public static final int MAY = 1;

    /** Of the same: the answer holds until {@link Op#GRANTS_CHANGED} is told; else it is to be asked for each time. */
    public static final int LASTS = 2;

    /** How deep JSON may be nested. */
    static final int DEEPEST = 128;

    /** Values in one frame at most, so that few bytes can't become a heap of objects. */
    static final int MOST_VALUES = 1 << 20;

    static final int LENGTH_BYTES = Integer.BYTES;
    /** Version, kind, subject, number. */
    static final int REST_OF_HEAD = 3 + Long.BYTES;

    static final int HEAD = LENGTH_BYTES + REST_OF_HEAD;

    private Wire() {}
}
