package io.dataprism.kernel.messaging;

import org.jspecify.annotations.Nullable;

/** For who writes payloads out: how much they are, before they are written. */
public final class PayloadWeight {
    /** So many bytes of weight at most stand for one byte of JSON text: an empty object takes two, and weighs more than sixty. */
    private static final long MOST_PER_BYTE = 40;

    private PayloadWeight() {}

    /**
     * Whether {@code body} takes more than {@code bytes} as JSON text for certain. Where it does not, it may be more nevertheless, by a factor of
     * what stands in the text unchanged.
     *
     * @param body as a handler or a caller got it
     */
    public static boolean isBeyond(@Nullable Object body, long bytes) {
        return Weights.ofGiven(body) / MOST_PER_BYTE > bytes;
    }
}
