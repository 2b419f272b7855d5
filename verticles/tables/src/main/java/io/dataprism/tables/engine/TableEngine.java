package io.dataprism.tables.engine;

import io.dataprism.api.TableFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Keeps tables and works on them. Every method blocks and may be called from any thread, several at once. Who may touch
 * which table and file is for the caller to check: paths given here are read and written as they are.
 */
public final class TableEngine implements AutoCloseable {
    private final Database database;
    private final FileGate gate;
    private final AtomicLong made = new AtomicLong();

    private TableEngine(Database database, FileGate gate) {
        this.database = database;
        this.gate = gate;
    }

    public static TableEngine open(EngineOptions options) {
        FileGate gate = FileGate.in(options.folder());
        return new TableEngine(Database.open(options, gate.folder()), gate);
    }

    /**
     * Load a file.
     *
     * @param options how the file is written; see {@code docs/tables.md}
     */
    public Loaded load(TableFormat format, Path file, JsonObject options) {
        return make((session, target) -> new FileLoader(session, gate).load(format, file, options, target));
    }

    /** A table from rows given as JSON objects; types are found from all of them. */
    public Loaded rows(JsonArray rows) {
        if (rows.isEmpty()) {
            throw TableProblem.BAD_ROWS.failure(
                    "Tables: no rows were given, so there is nothing to tell columns from. Give one row at least.");
        }
        byte[] content = rows.encode().getBytes(StandardCharsets.UTF_8);
        return make((session, target) -> gate.temporary(content, path -> {
            session.run("CREATE TABLE " + target + " AS SELECT * FROM read_json(" + Sql.text(path)
                    + ", format='array', sample_size=-1)");
            return new JsonObject();
        }));
    }

    /**
     * A table from a query.
     *
     * @param sql one {@code SELECT}
     * @param parameters values for its {@code ?}
     * @param inputs the tables that it may name
     */
    public StoredTable query(String sql, List<?> parameters, Map<String, StoredTable> inputs) {
        return make((session, target) -> {
                    new SqlGuard(session).query(sql, inputs.keySet());
                    show(session, inputs);
                    session.run("CREATE TABLE " + target + " AS\n" + sql, parameters.toArray());
                    return new JsonObject();
                })
                .table();
    }

    /**
     * A table from a list of operations on another.
     *
     * @param operations see {@code docs/tables.md}
     * @param others the tables that joins and subqueries may name
     */
    public StoredTable transform(StoredTable start, JsonArray operations, Map<String, StoredTable> others) {
        return make((session, target) -> {
                    show(session, others);
                    Steps steps = Operations.compile(session, start, operations, others);
                    session.run(
                            "CREATE TABLE " + target + " AS " + steps.sql(),
                            steps.parameters().toArray());
                    return new JsonObject();
                })
                .table();
    }

    private static void show(Session session, Map<String, StoredTable> inputs) {
        inputs.forEach((name, table) ->
                session.run("CREATE TEMP VIEW " + Sql.name(name) + " AS SELECT * FROM memory." + table.qualified()));
    }

    /** What a table holds, column by column; see {@code docs/tables.md}. */
    public JsonObject profile(StoredTable table, JsonObject config) {
        return with(session -> new Profile(session, table, config).toJson());
    }

    /**
     * Hold a table against rules; see {@code docs/tables.md}.
     *
     * @param others the tables that references and subqueries may name
     */
    public JsonObject validate(StoredTable table, JsonObject schema, Map<String, StoredTable> others) {
        return with(session -> {
            show(session, others);
            return new Validation(session, table, schema, others).toJson();
        });
    }

    public BatchCursor open(StoredTable table, int batchRows) {
        return DeepStack.call(() -> BatchCursor.open(database.session(), table, batchRows));
    }

    /** Write {@code table} to {@code file}: wholly, or what was there stays. */
    public void write(StoredTable table, TableFormat format, Path file, JsonObject options) {
        try (Session session = database.session()) {
            new TableWriter(session, gate).write(table, format, file, options);
        }
    }

    public void drop(StoredTable table) {
        try (Session session = database.session()) {
            session.run("DROP TABLE IF EXISTS " + table.qualified());
        }
    }

    /** Run {@code maker}, which makes the table it is told, and look at what it made. */
    private Loaded make(BiFunction<Session, String, JsonObject> maker) {
        String id = "t" + made.incrementAndGet();
        String target = Database.STORE + "." + Sql.name(id);
        return with(session -> {
            boolean whole = false;
            try {
                JsonObject report = maker.apply(session, target);
                StoredTable table = new StoredTable(
                        id,
                        session.columns("SELECT * FROM " + target, List.of()),
                        session.count("SELECT count(*) FROM " + target));
                whole = true;
                return new Loaded(table, report);
            } finally {
                if (!whole && !database.isClosing()) {
                    session.run("DROP TABLE IF EXISTS " + target);
                }
            }
        });
    }

    private <T> T with(Function<Session, T> work) {
        return DeepStack.call(() -> {
            try (Session session = database.session()) {
                return work.apply(session);
            }
        });
    }

    /** Cancels what runs; the tables are gone. */
    @Override
    public void close() {
        database.close();
    }
}
