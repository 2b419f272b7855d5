package io.dataprism.tables.engine;

import io.dataprism.api.TableFormat;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** Writes a table to a file of any format, wholly or not at all. */
final class TableWriter {
    private final Session session;
    private final FileGate gate;

    TableWriter(Session session, FileGate gate) {
        this.session = session;
        this.gate = gate;
    }

    void write(StoredTable table, TableFormat format, Path file, JsonObject options) {
        String how = how(format, options);
        gate.writing(file, path -> {
            session.run("COPY (SELECT * FROM " + table.qualified() + ") TO " + Sql.text(path) + " (" + how
                    + ", USE_TMP_FILE false)");
            return path;
        });
    }

    private static String how(TableFormat format, JsonObject json) {
        Fields fields = new Fields(TableProblem.BAD_OPTION, "options for writing " + format.label(), json);
        String how = switch (format) {
            case CSV -> csv(fields);
            case JSON -> "FORMAT json, ARRAY true, COMPRESSION " + FileLoader.compression(fields);
            case NDJSON -> "FORMAT json, ARRAY false, COMPRESSION " + FileLoader.compression(fields);
            case PARQUET ->
                "FORMAT parquet, COMPRESSION "
                        + fields.word("compression", List.of("zstd", "snappy", "gzip", "uncompressed"))
                                .orElse("zstd");
        };
        fields.done();
        return how;
    }

    private static String csv(Fields fields) {
        return "FORMAT csv, HEADER " + fields.flag("header").orElse(true)
                + ", DELIMITER " + Sql.text(fields.text("delimiter").orElse(","))
                + ", NULLSTR " + Sql.text(fields.text("missing").orElse(""))
                + ", COMPRESSION " + FileLoader.compression(fields);
    }
}
