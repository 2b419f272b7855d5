package io.dataprism.files.detect;

import io.dataprism.api.TableFormat;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells JSON from CSV, and an array from lines and from a document that holds an array. */
final class JsonShape {
    private static final Pattern ARRAY = Pattern.compile("\\s*\\[\\s*(\\{.*|]\\s*)", Pattern.DOTALL);

    private JsonShape() {}

    /**
     * What {@code text} is.
     *
     * @param whole whether it is all of the file
     */
    static TableFormat format(String text, boolean whole) {
        if (ARRAY.matcher(text).matches()) {
            return TableFormat.JSON;
        }
        if (!text.stripLeading().startsWith("{")) {
            return TableFormat.CSV;
        }
        String first = text.stripLeading().lines().findFirst().orElse("");
        boolean alone = whole && first.length() >= text.strip().length();
        return isObject(first) && !(alone && rows(text).isPresent()) ? TableFormat.NDJSON : TableFormat.JSON;
    }

    private static boolean isObject(String line) {
        try {
            return !new JsonObject(line).isEmpty();
        } catch (DecodeException e) {
            return false;
        }
    }

    /** The name of the outermost document's first array of objects. */
    static Optional<String> rows(String text) {
        return text.stripLeading().startsWith("{") ? new RowsFinder(text).find() : Optional.empty();
    }
}
