package io.dataprism.charts.svg;

import org.jspecify.annotations.Nullable;

/** An SVG that cannot be painted. */
public class SvgException extends Exception {
    private static final long serialVersionUID = 1L;

    SvgException(String message) {
        this(message, null);
    }

    SvgException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A picture with more pixels than allowed. */
    public static final class TooLarge extends SvgException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }
    }
}
