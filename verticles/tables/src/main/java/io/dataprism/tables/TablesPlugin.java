package io.dataprism.tables;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.DataProcessingPlugin;
import io.dataprism.api.Dataset;
import io.dataprism.api.Event;
import io.dataprism.api.FailureKind;
import io.dataprism.api.FileAccess;
import io.dataprism.api.PluginContext;
import io.dataprism.api.StreamReply;
import io.dataprism.api.TableCapabilities;
import io.dataprism.api.TableFormat;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableSchema;
import io.dataprism.api.TableService;
import io.dataprism.api.TableSource;
import io.dataprism.tables.engine.BatchCursor;
import io.dataprism.tables.engine.Loaded;
import io.dataprism.tables.engine.StoredTable;
import io.dataprism.tables.engine.TableEngine;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Tables by handle on an embedded DuckDB: provides {@link TableService}, and transforms, analyzes and validates. A table is freed when it is
 * released, when the plugin it was made for ends, or when its lease passes.
 */
@SuppressWarnings("NullAway.Init") // initialize is called before anything else
public final class TablesPlugin implements DataProcessingPlugin, TableService {
    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final List<String> ENDS = List.of("stopped", "error", "quarantined");

    private PluginContext context;
    private TableEngine engine;
    private TableShelf shelf;
    private final Readers readers = new Readers();
    private boolean stopping;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        TablesConfig config = TablesConfig.of(given.config());
        shelf = new TableShelf(given.node(), config.lease(), Clock.systemUTC());
        return given.blocking(() -> TableEngine.open(config.engine(given.workFolder())))
                .map(opened -> {
                    engine = opened;
                    return null;
                });
    }

    @Override
    public Capabilities capabilities() {
        return DataProcessingPlugin.super.capabilities().and(TableCapabilities.of(this));
    }

    @Override
    public Future<Void> start() {
        context.timers().every(SWEEP, this::sweep);
        return watchOwners();
    }

    /** A plugin that ended needs its tables no more; what it read has ended with it. */
    private Future<Void> watchOwners() {
        Future<Void> all = Future.succeededFuture();
        for (String end : ENDS) {
            all = all.compose(done -> context.events().subscribe("plugin.*." + end, this::ownerEnded))
                    .mapEmpty();
        }
        return all;
    }

    private void ownerEnded(Event event) {
        Caller.Kind source = event.source().kind();
        if (source != Caller.Kind.PLUGIN && source != Caller.Kind.USER) {
            String plugin = event.topic().split("\\.", -1)[1];
            reported(free(shelf.removeOwnedBy(plugin)));
        }
    }

    private void sweep() {
        reported(free(shelf.removeExpired()));
    }

    /** Once this plugin stops, the engine is closed and everything goes with it, whether it was freed before or not. */
    private void reported(Future<Void> freed) {
        freed.onFailure(failure -> {
            if (!stopping) {
                context.log().warn("Could not free tables that nobody holds any more", failure);
            }
        });
    }

    private Future<Void> free(List<StoredTable> tables) {
        if (tables.isEmpty()) {
            return Future.succeededFuture();
        }
        return context.blocking(() -> {
            tables.forEach(engine::drop);
            return null;
        });
    }

    @Override
    public Future<Void> stop() {
        stopping = true;
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> destroy() {
        TableEngine ending = engine;
        return ending == null
                ? Future.succeededFuture()
                : context.blocking(() -> {
                    ending.close();
                    return null;
                });
    }

    @Override
    public Future<TableHandle> create(Call call, TableSource source) {
        String owner = call.caller().label();
        return context.blocking(maker(call, source)).map(made -> shelf.put(made.table(), owner, made.report()));
    }

    private Callable<Loaded> maker(Call call, TableSource source) {
        if (source instanceof TableSource.File file) {
            return () -> {
                Path path = FileChecks.resolved(file.path());
                FileChecks.require(call, context.permissions(), FileAccess.READ, path);
                return engine.load(file.format(), path, file.options());
            };
        }
        if (source instanceof TableSource.Rows rows) {
            return () -> engine.rows(rows.rows());
        }
        TableSource.Query query = (TableSource.Query) source;
        Inputs inputs = new Inputs();
        query.inputs().forEach((name, handle) -> inputs.add(name, handle, shelf));
        return () -> inputs.within(
                engine, tables -> new Loaded(engine.query(query.sql(), List.of(), tables), new JsonObject()));
    }

    @Override
    public Future<TableSchema> describe(Call call, TableHandle table) {
        return Future.succeededFuture(shelf.schema(table));
    }

    @Override
    public Future<StreamReply> read(Call call, TableHandle table, int batchRows) {
        String caller = call.caller().label();
        StoredTable stored = shelf.get(table);
        readers.opens(caller);
        return context.blocking(() -> engine.open(stored, batchRows))
                .onFailure(unopened -> readers.left(caller))
                .map(cursor -> StreamReply.of(new CursorSource(context, cursor, () -> readers.left(caller)))
                        .headed(stored.schema().toJson()));
    }

    @Override
    public Future<Void> write(Call call, TableHandle table, TableFormat format, String path, JsonObject options) {
        StoredTable stored = shelf.get(table);
        return context.blocking(() -> {
            Path target = FileChecks.resolved(path);
            FileChecks.require(call, context.permissions(), FileAccess.WRITE, target);
            engine.write(stored, format, target, options);
            return null;
        });
    }

    @Override
    public Future<TableHandle> give(Call call, TableHandle table, String owner) {
        return Future.succeededFuture(shelf.give(call.caller(), table, owner));
    }

    @Override
    public Future<Void> release(Call call, TableHandle table) {
        return free(shelf.remove(call.caller(), table));
    }

    @Override
    public Future<Dataset> transform(Call call, Dataset data, JsonObject config) {
        Transformation transformation = Transformation.read(config);
        Inputs inputs = transformation.inputs(data, shelf);
        String owner = call.caller().label();
        if (transformation.limit() > 0) {
            return context.blocking(() -> inputs.within(engine, tables -> inline(transformation, tables)));
        }
        return context.blocking(() -> inputs.within(engine, tables -> transformation.run(engine, tables)))
                .<Dataset>map(table -> shelf.put(table, owner, new JsonObject()));
    }

    private Dataset inline(Transformation transformation, Map<String, StoredTable> tables) {
        StoredTable result = transformation.run(engine, tables);
        try (BatchCursor cursor = engine.open(result, 2048)) {
            if (result.rows() > transformation.limit()) {
                throw new CallException(
                        FailureKind.INVALID,
                        "Tables: the result has " + result.rows() + " rows; at most " + transformation.limit()
                                + " were asked for inline. Add a limit, or ask for a table.");
            }
            return InlineResult.read(cursor);
        } finally {
            engine.drop(result);
        }
    }

    @Override
    public Future<JsonObject> analyze(Call call, Dataset data, JsonObject config) {
        Inputs inputs = new Inputs().add(Transformation.DATA, data, shelf);
        return context.blocking(
                () -> inputs.within(engine, tables -> engine.profile(Transformation.data(tables), config)));
    }

    @Override
    public Future<JsonObject> validate(Call call, Dataset data, JsonObject schema) {
        Inputs inputs = Transformation.named(schema, shelf).add(Transformation.DATA, data, shelf);
        JsonObject rules = schema.copy();
        rules.remove("inputs");
        return context.blocking(
                () -> inputs.within(engine, tables -> engine.validate(Transformation.data(tables), rules, tables)));
    }
}
