package io.dataprism.charts.engine;

import io.dataprism.charts.svg.SvgException;
import java.io.IOException;

/** Turns what goes wrong while a picture is written into the one kind of failure that charts have. */
final class Exports {
    private Exports() {}

    /** Writes a picture. */
    @FunctionalInterface
    interface Writer {
        byte[] write() throws IOException, SvgException;
    }

    static byte[] guard(String format, Writer writer) {
        try {
            return writer.write();
        } catch (SvgException.TooLarge e) {
            throw new ChartException(ChartException.Kind.LIMIT, String.valueOf(e.getMessage()), e);
        } catch (IOException | SvgException e) {
            throw new ChartException(
                    ChartException.Kind.EXPORT,
                    "The chart cannot be written as " + format + ": " + e.getMessage() + ". Export it as svg instead.",
                    e);
        }
    }
}
