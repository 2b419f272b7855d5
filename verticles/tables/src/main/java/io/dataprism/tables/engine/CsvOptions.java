package io.dataprism.tables.engine;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a CSV file is written. What is left out DuckDB finds out by itself.
 *
 * @param columns empty to have them found out, too
 * @param missing texts that stand for a missing value
 * @param badRows {@code fail}, {@code skip} or {@code pad}
 */
record CsvOptions(
        Optional<String> delimiter,
        Optional<String> quote,
        Optional<String> escape,
        Optional<String> comment,
        Optional<Boolean> header,
        Optional<Long> skip,
        String encoding,
        String compression,
        Optional<String> decimal,
        Optional<String> thousands,
        Optional<List<String>> missing,
        List<CsvColumn> columns,
        String badRows) {

    static CsvOptions read(JsonObject json) {
        Fields fields = new Fields(TableProblem.BAD_OPTION, "CSV options", json);
        CsvOptions options = new CsvOptions(
                fields.text("delimiter"),
                fields.text("quote"),
                fields.text("escape"),
                fields.text("comment"),
                fields.flag("header"),
                fields.whole("skip", 0, Integer.MAX_VALUE),
                fields.word("encoding", List.of("utf-8", "utf-16", "latin-1")).orElse("utf-8"),
                FileLoader.compression(fields),
                fields.text("decimal"),
                fields.text("thousands"),
                fields.texts("missing"),
                columns(fields),
                fields.word("badRows", List.of("fail", "skip", "pad")).orElse("fail"));
        fields.done();
        return options;
    }

    private static List<CsvColumn> columns(Fields fields) {
        List<CsvColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        fields.array("columns")
                .ifPresent(list -> list.forEach(item -> {
                    String where = fields.where() + ", column " + columns.size();
                    if (!(item instanceof JsonObject json)) {
                        throw fields.wrong("columns", "objects", item);
                    }
                    CsvColumn column = CsvColumn.read(new Fields(TableProblem.BAD_OPTION, where, json));
                    if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                        throw fields.fail("the column name '" + column.name() + "' stands twice. Rename one.");
                    }
                    columns.add(column);
                }));
        return columns;
    }

    boolean pads() {
        return badRows.equals("pad");
    }

    boolean fails() {
        return badRows.equals("fail");
    }

    /** The arguments of {@code read_csv} after the path, for these columns. */
    String arguments(List<CsvColumn> types) {
        StringBuilder sql = new StringBuilder(given()).append(", auto_detect=false, columns={");
        for (int i = 0; i < types.size(); i++) {
            sql.append(i == 0 ? "" : ", ")
                    .append(Sql.text(types.get(i).name()))
                    .append(": ")
                    .append(Sql.text(types.get(i).readAs()));
        }
        return sql.append("}, null_padding=").append(pads()).toString();
    }

    /** The arguments of {@code sniff_csv} after the path. */
    String given() {
        StringBuilder sql = new StringBuilder();
        delimiter.ifPresent(text -> sql.append(", delim=").append(Sql.text(text)));
        quote.ifPresent(text -> sql.append(", quote=").append(Sql.text(text)));
        escape.ifPresent(text -> sql.append(", escape=").append(Sql.text(text)));
        comment.ifPresent(text -> sql.append(", comment=").append(Sql.text(text)));
        header.ifPresent(flag -> sql.append(", header=").append(flag));
        skip.ifPresent(lines -> sql.append(", skip=").append(lines));
        decimal.ifPresent(text -> sql.append(", decimal_separator=").append(Sql.text(text)));
        thousands.ifPresent(text -> sql.append(", thousands=").append(Sql.text(text)));
        missing.ifPresent(list -> sql.append(", nullstr=").append(Sql.texts(list)));
        sql.append(", encoding=").append(Sql.text(encoding));
        sql.append(", compression=").append(Sql.text(compression));
        return sql.toString();
    }

    /** These, and where they are silent what was found. */
    CsvOptions or(String foundDelimiter, String foundQuote, String foundEscape, boolean foundHeader, long foundSkip) {
        return new CsvOptions(
                delimiter.or(() -> Optional.of(foundDelimiter)),
                quote.or(() -> Optional.of(foundQuote)),
                escape.or(() -> Optional.of(foundEscape)),
                comment,
                header.or(() -> Optional.of(foundHeader)),
                skip.or(() -> Optional.of(foundSkip)),
                encoding,
                compression,
                decimal,
                thousands,
                missing,
                columns,
                badRows);
    }
}
