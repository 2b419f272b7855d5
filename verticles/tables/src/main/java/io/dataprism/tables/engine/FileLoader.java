package io.dataprism.tables.engine;

import io.dataprism.api.CallException;
import io.dataprism.api.TableFormat;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Loads a file of any format into the store. */
final class FileLoader {
    private final Session session;
    private final FileGate gate;

    FileLoader(Session session, FileGate gate) {
        this.session = session;
        this.gate = gate;
    }

    /** The option {@code compression}, as DuckDB names it. */
    static String compression(Fields fields) {
        return compression(fields, List.of("none", "gzip", "zstd"));
    }

    /** The same, one of {@code known}. */
    static String compression(Fields fields, List<String> known) {
        String word = fields.word("compression", known).orElse("none");
        return word.equals("none") ? "uncompressed" : word;
    }

    JsonObject load(TableFormat format, Path file, JsonObject options, String target) {
        return gate.reading(file, path -> {
            try {
                return load(format, file, path, options, target);
            } catch (CallException e) {
                throw named(e, format, path, file);
            }
        });
    }

    private JsonObject load(TableFormat format, Path file, String path, JsonObject options, String target)
            throws IOException {
        switch (format) {
            case CSV -> {
                return new CsvLoader(session, CsvOptions.read(options), target).load(path, file.toString());
            }
            case JSON, NDJSON -> new JsonLoader(session, format, options, target).load(path, Files.size(file));
            case PARQUET -> {
                new Fields(TableProblem.BAD_OPTION, "Parquet options", options).done();
                session.run("CREATE TABLE " + target + " AS SELECT * FROM read_parquet(" + Sql.text(path) + ")");
            }
        }
        return new JsonObject();
    }

    /** DuckDB speaks of the link; the reader knows the file. What DuckDB cannot read is an unreadable file, not bad SQL. */
    private static RuntimeException named(CallException e, TableFormat format, String path, Path file) {
        if (!e.code().equals(TableProblem.BAD_SQL.code())) {
            return e;
        }
        String message =
                String.valueOf(e.getMessage()).replace(path, file.toString()).replace("Tables: ", "");
        return TableProblem.UNREADABLE.failure(
                "Tables: cannot read " + file + ": " + Session.withoutAdvice(message) + " " + next(format), e);
    }

    private static String next(TableFormat format) {
        return "Check that it is "
                + (format == TableFormat.PARQUET ? "Parquet" : format.label().toUpperCase(Locale.ROOT))
                + " and was written to its end; write it again, or name its true format.";
    }
}
