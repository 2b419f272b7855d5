package io.dataprism.files.detect;

import io.dataprism.api.TableFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * What was found out about a file.
 *
 * @param format what it holds
 * @param encoding of its text, for example {@code windows-1252}; {@code binary} for Parquet
 * @param compression {@code none} or {@code gzip}
 * @param transcode whether it must be made UTF-8 before it is loaded
 * @param options how it is written: what a load is told
 * @param notes what could be read in two ways, and how it is read
 */
public record Detection(
        TableFormat format,
        String encoding,
        String compression,
        boolean transcode,
        JsonObject options,
        List<String> notes) {

    public Detection {
        notes = List.copyOf(notes);
    }

    /** For the user: every detected fact under the name by which it is overridden. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("format", format.label())
                .put("encoding", encoding)
                .put("compression", compression)
                .mergeIn(options)
                .put("notes", new JsonArray(notes));
    }

    /** What {@code table-create} is told. */
    public JsonObject loadOptions() {
        JsonObject load = options.copy();
        for (String name : Set.of("quote", "escape", "comment", "thousands")) {
            if ("".equals(load.getValue(name)) && !name.equals("quote") && !name.equals("escape")) {
                load.remove(name);
            }
        }
        return format == TableFormat.PARQUET ? load : load.put("compression", transcode ? "none" : compression);
    }
}
