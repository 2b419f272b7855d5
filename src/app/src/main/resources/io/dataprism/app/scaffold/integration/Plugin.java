package {{package}};

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.Dataset;
import io.dataprism.api.FailureKind;
import io.dataprism.api.InlineRows;
import io.dataprism.api.IntegrationPlugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Keeps rows in a file in the plugin's work folder. Put what you connect to in its place. */
public final class {{class}} implements IntegrationPlugin {
    private final Map<String, Path> connections = new HashMap<>();
    private PluginContext context;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Future<Connection> connect(Call call, JsonObject config) {
        String id = UUID.randomUUID().toString();
        connections.put(id, context.workFolder().resolve(id + ".ndjson"));
        return Future.succeededFuture(new Connection(id, new JsonObject()));
    }

    @Override
    public Future<Fetched> fetch(Call call, String connection, JsonObject query, JsonObject options) {
        Path file = file(connection);
        return context.blocking(() -> read(file))
                .map(rows -> new Fetched(new InlineRows(rows), new JsonObject().put("rows", rows.size())));
    }

    @Override
    public Future<JsonObject> sync(Call call, String connection, Dataset data, JsonObject config) {
        if (!(data instanceof InlineRows inline)) {
            throw new CallException(FailureKind.INVALID, "This plugin takes rows inline, not a table handle.");
        }
        Path file = file(connection);
        String lines = inline.rows().stream().map(row -> ((JsonObject) row).encode()).collect(Collectors.joining("\n"));
        return context.blocking(() -> Files.writeString(file, lines))
                .map(written -> new JsonObject().put("written", inline.rows().size()));
    }

    @Override
    public Future<Void> disconnect(Call call, String connection) {
        connections.remove(connection);
        return Future.succeededFuture();
    }

    @Override
    public Future<Health> health(Call call) {
        return Future.succeededFuture(new Health(true, new JsonObject().put("connections", connections.size())));
    }

    private Path file(String connection) {
        Path file = connections.get(connection);
        if (file == null) {
            throw new CallException(FailureKind.INVALID, "There is no such connection. Connect first.");
        }
        return file;
    }

    private static JsonArray read(Path file) throws IOException {
        JsonArray rows = new JsonArray();
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(line -> rows.add(new JsonObject(line)));
        }
        return rows;
    }
}
