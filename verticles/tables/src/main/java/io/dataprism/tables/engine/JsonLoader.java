package io.dataprism.tables.engine;

import io.dataprism.api.CallException;
import io.dataprism.api.TableFormat;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Loads JSON: an array of objects, objects line by line, or an array somewhere inside one object. */
final class JsonLoader {
    private static final long LARGEST_RECORD = 16L << 20;

    private final Session session;
    private final String target;
    private final TableFormat format;
    private final Optional<String> rows;
    private final boolean flatten;
    private final String compression;

    JsonLoader(Session session, TableFormat format, JsonObject json, String target) {
        Fields fields = new Fields(TableProblem.BAD_OPTION, "JSON options", json);
        this.session = session;
        this.target = target;
        this.format = format;
        this.rows = fields.text("rows");
        this.flatten = fields.flag("flatten").orElse(true);
        // Not zstd, in which nobody could look how deep it nests
        this.compression = FileLoader.compression(fields, List.of("none", "gzip"));
        fields.done();
    }

    /**
     * Makes the table.
     *
     * @param size of the file, in bytes
     */
    void load(String path, long size) {
        JsonDepth.require(Path.of(path));
        try {
            load(path, size, 20_480);
        } catch (CallException e) {
            if (!String.valueOf(e.getMessage()).contains("sample_size")) {
                throw e;
            }
            // a value further down did not fit the type that the first rows had: look at all of them
            load(path, size, -1);
        }
    }

    private void load(String path, long size, int sample) {
        String source = rows.map(
                        field -> "SELECT unnest(" + Sql.name(field) + ") AS record FROM " + reader(path, size, sample))
                .orElseGet(() -> "SELECT * FROM " + reader(path, size, sample));
        if (!flatten) {
            session.run("CREATE TABLE " + target + " AS " + source);
            return;
        }
        session.run("CREATE TEMP TABLE raw AS " + source);
        List<Flattening.Leaf> leaves = new Flattening(session).leaves("raw", rows.isPresent());
        session.run("CREATE TABLE " + target + " AS SELECT " + Flattening.select(leaves) + " FROM raw");
        session.run("DROP TABLE raw");
    }

    private String reader(String path, long size, int sample) {
        // DuckDB sets aside twice the size of the largest object, for each thread
        String how = rows.isPresent() ? "auto" : format == TableFormat.JSON ? "array" : "newline_delimited";
        return "read_json(" + Sql.text(path) + ", format=" + Sql.text(how) + ", compression=" + Sql.text(compression)
                + ", sample_size=" + sample + ", maximum_object_size="
                + (rows.isPresent() ? Math.max(size, LARGEST_RECORD) : LARGEST_RECORD) + ")";
    }
}
