package io.dataprism.postgres;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.DatabaseSession;
import io.dataprism.api.Dataset;
import io.dataprism.api.Event;
import io.dataprism.api.FailureKind;
import io.dataprism.api.InlineRows;
import io.dataprism.api.IntegrationPlugin;
import io.dataprism.api.PluginContext;
import io.dataprism.api.RowReader;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableSource;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Databases of its configuration as tables: {@code fetch} reads a table or query into a table of the node, {@code sync} puts a table of the node into one of the
 * database. Each has a session of its own. See {@code docs/postgres.md}.
 */
@SuppressWarnings("NullAway.Init") // initialize is called before anything else
public final class PostgresPlugin implements IntegrationPlugin {
    private static final List<String> ENDS = List.of("stopped", "error", "quarantined");
    private static final long USUAL_ROWS = 10_000_000;
    private static final long MOST_ROWS = 1_000_000_000;

    private final Connections connections = new Connections();

    private PluginContext context;
    private Sessions sessions;
    private Probes probes;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        sessions = new Sessions(given);
        probes = new Probes(target ->
                sessions.open(target).compose(session -> details(session).eventually(session::close)));
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> start() {
        Future<Void> all = Future.succeededFuture();
        for (String end : ENDS) {
            all = all.compose(done -> context.events().subscribe("plugin.*." + end, this::callerEnded))
                    .mapEmpty();
        }
        return all;
    }

    /** A plugin that ended needs its connections no more. */
    private void callerEnded(Event event) {
        Caller.Kind source = event.source().kind();
        if (source != Caller.Kind.PLUGIN && source != Caller.Kind.USER) {
            connections.removeAllOf(event.topic().split("\\.", -1)[1]);
        }
    }

    /** The database {@code name}, once it is clear that the caller may use it; that this plugin may is asked when it is opened. */
    private Target target(Call call, String name) {
        return Target.of(call, context.config(), name);
    }

    @Override
    public Future<Connection> connect(Call call, JsonObject config) {
        String name = Fields.of("connect", config, "database").needText("database");
        Target target = target(call, name);
        return sessions.open(call, target)
                .compose(session -> details(session).eventually(session::close))
                .map(details -> new Connection(connections.add(call, name), details));
    }

    private static Future<JsonObject> details(DatabaseSession session) {
        return session.query("SELECT current_database()::text, current_setting('server_version')", List.of(), 1)
                .compose(RowReader::next)
                .map(PostgresPlugin::details);
    }

    private static JsonObject details(Optional<TableBatch> answer) {
        TableBatch row = answer.orElseThrow();
        return new JsonObject()
                .put("kind", "postgresql")
                .put("database", row.columns().get(0).getText(0))
                .put("server", row.columns().get(1).getText(0));
    }

    @Override
    public Future<Fetched> fetch(Call call, String connection, JsonObject query, JsonObject options) {
        Target target = target(call, connections.database(call, connection));
        Selection selection = Selection.of(query);
        long mostRows = Fields.of("fetch", options, "maxRows").whole("maxRows", USUAL_ROWS, MOST_ROWS);
        return sessions.open(call, target)
                .compose(session -> new Fetch(context, call, selection, mostRows).from(session));
    }

    @Override
    public Future<JsonObject> sync(Call call, String connection, Dataset data, JsonObject config) {
        Target target = target(call, connections.database(call, connection));
        Upsert upsert = Upsert.of(config);
        return stored(data)
                .compose(table -> sessions.open(call, target)
                        .compose(session -> new Sync(context, upsert).into(session, table))
                        .eventually(() -> table.equals(data)
                                ? Future.succeededFuture()
                                : context.tables().release(table)));
    }

    private Future<TableHandle> stored(Dataset data) {
        return data instanceof InlineRows rows
                ? context.tables().create(new TableSource.Rows(rows.rows()))
                : Future.succeededFuture((TableHandle) data);
    }

    @Override
    public Future<Void> disconnect(Call call, String connection) {
        connections.remove(call, connection);
        return Future.succeededFuture();
    }

    /** Asks each database that the caller may use. */
    @Override
    public Future<Health> health(Call call) {
        JsonObject config = context.config();
        JsonObject found = new JsonObject();
        Future<Void> all = Future.succeededFuture();
        for (String name : Target.usable(call, config)) {
            all = all.compose(before -> isUp(call, config, name).map(up -> {
                found.put(name, up ? "up" : "down");
                return null;
            }));
        }
        return all.map(asked -> new Health(
                !found.stream().anyMatch(one -> "down".equals(one.getValue())),
                new JsonObject().put("connections", connections.size()).put("databases", found)));
    }

    private Future<Boolean> isUp(Call call, JsonObject config, String name) {
        return call.cancelled().isComplete()
                ? Future.failedFuture(
                        new CallException(FailureKind.CANCELLED, "Postgres: nobody waits for the answer any more."))
                : Future.succeededFuture()
                        .compose(now -> probes.isUp(Target.of(call, config, name)))
                        .otherwise(false);
    }
}
