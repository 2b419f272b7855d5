package io.dataprism.charts.engine;

import io.dataprism.api.PluginException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chart that cannot be drawn. The message says what is wrong where, and what to do. */
public final class ChartException extends PluginException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What went wrong; each has its own code. */
    public enum Kind {
        /** The specification is not Vega-Lite, or does not fit its data. */
        SPECIFICATION("DP-1201"),
        /** Too many marks, too much time, or a picture that is too large. */
        LIMIT("DP-1202"),
        /** Vega could not draw what the specification asks for. */
        DRAWING("DP-1203"),
        /** The picture could not be written as PNG or PDF. */
        EXPORT("DP-1204");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    ChartException(Kind kind, String message) {
        this(kind, message, null);
    }

    ChartException(Kind kind, String message, @Nullable Throwable cause) {
        super(kind.code, message, cause);
        this.kind = kind;
    }

    static ChartException wrongSpecification(List<String> problems) {
        String head = problems.size() == 1
                ? "The chart specification has a mistake: "
                : "The chart specification has " + problems.size() + " mistakes: ";
        return new ChartException(Kind.SPECIFICATION, head + String.join("; ", problems));
    }

    public Kind kind() {
        return kind;
    }
}
