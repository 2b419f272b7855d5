package io.dataprism.app.data;

import io.dataprism.api.TableBatch;
import io.dataprism.api.TableBatch.ColumnVector;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes a table batch by batch, so that it may be of any length. */
public interface RowWriter extends Consumer<TableBatch> {

    /** The last batch was written. */
    void end();

    /** One array of objects. */
    static RowWriter json(PrintWriter out) {
        return new RowWriter() {
            private boolean first = true;

            @Override
            public void accept(TableBatch batch) {
                for (int row = 0; row < batch.rows(); row++) {
                    JsonObject object = new JsonObject();
                    for (ColumnVector column : batch.columns()) {
                        object.put(column.name(), Cells.json(column, row));
                    }
                    out.print((first ? "[" : ",\n ") + Json.encode(object));
                    first = false;
                }
            }

            @Override
            public void end() {
                out.println(first ? "[]" : "]");
            }
        };
    }

    /** Comma-separated values by RFC 4180, with a header; {@code names} are the columns. */
    static RowWriter csv(PrintWriter out, List<String> names) {
        out.println(names.stream().map(RowWriter::quoted).collect(Collectors.joining(",")));
        return new RowWriter() {
            @Override
            public void accept(TableBatch batch) {
                for (int row = 0; row < batch.rows(); row++) {
                    int at = row;
                    out.println(batch.columns().stream()
                            .map(column -> quoted(Cells.text(column, at)))
                            .collect(Collectors.joining(",")));
                }
            }

            @Override
            public void end() {
                out.flush();
            }
        };
    }

    private static String quoted(String value) {
        return value.matches("(?s).*[\",\r\n].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
