package io.dataprism.files;

import io.dataprism.api.Call;
import io.dataprism.api.Caller;
import io.dataprism.api.Dataset;
import io.dataprism.api.Event;
import io.dataprism.api.FileAccess;
import io.dataprism.api.InlineRows;
import io.dataprism.api.IntegrationPlugin;
import io.dataprism.api.PluginContext;
import io.dataprism.api.TableFormat;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableSchema;
import io.dataprism.api.TableSource;
import io.dataprism.files.detect.Detection;
import io.dataprism.files.detect.Detector;
import io.dataprism.files.detect.FileProblem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Folders, files and URLs as tables: {@code fetch} finds out how a file is written and has it loaded, {@code sync} writes a table back, wholly or not
 * at all. See {@code docs/files.md}.
 */
@SuppressWarnings("NullAway.Init") // initialize is called before anything else
public final class FilesPlugin implements IntegrationPlugin {
    private static final List<String> ENDS = List.of("stopped", "error", "quarantined");

    /** Of one caller. */
    private static final int MOST_CONNECTIONS = 1_000;

    /** The one that was used last comes last. */
    private final Map<String, Connected> connections = new LinkedHashMap<>(16, 0.75f, true);

    private PluginContext context;

    /** A place and who connected to it. */
    private record Connected(Place place, String caller) {}

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
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
            String caller = event.topic().split("\\.", -1)[1];
            connections.values().removeIf(connected -> connected.caller().equals(caller));
        }
    }

    private Guard guard(Call call) {
        return new Guard(call, context.permissions());
    }

    @Override
    public Future<Connection> connect(Call call, JsonObject config) {
        return context.blocking(() -> {
                    Place place = Place.of(config);
                    guard(call).require(FileAccess.READ, place);
                    return Map.entry(place, details(place));
                })
                .map(reached -> {
                    String id = UUID.randomUUID().toString();
                    keep(id, new Connected(reached.getKey(), call.caller().label()));
                    return new Connection(id, reached.getValue());
                });
    }

    /** Who connects and never disconnects loses what it has not used for longest. */
    private void keep(String id, Connected connected) {
        List<String> others = connections.entrySet().stream()
                .filter(one -> one.getValue().caller().equals(connected.caller()))
                .map(Map.Entry::getKey)
                .toList();
        if (others.size() >= MOST_CONNECTIONS) {
            connections.remove(others.get(0));
        }
        connections.put(id, connected);
    }

    private static JsonObject details(Place place) {
        if (place instanceof Place.Folder folder) {
            return new JsonObject()
                    .put("kind", "folder")
                    .put("path", folder.path().toString())
                    .put("files", FolderListing.of(folder.path()));
        }
        return place instanceof Place.OneFile file
                ? new JsonObject().put("kind", "file").put("path", file.path().toString())
                : new JsonObject().put("kind", "url").put("url", ((Place.Web) place).url());
    }

    private Place place(Call call, String connection) {
        Connected connected = connections.get(connection);
        if (connected == null || !connected.caller().equals(call.caller().label())) {
            throw FileProblem.NO_CONNECTION.failure(
                    "there is no connection '" + connection + "' of " + call.caller() + " (any more). Connect again.");
        }
        return connected.place();
    }

    @Override
    public Future<Fetched> fetch(Call call, String connection, JsonObject query, JsonObject options) {
        Place place = place(call, connection);
        if (place instanceof Place.Web web) {
            return download(call, web).compose(file -> load(call, file, options).eventually(() -> delete(file)));
        }
        return context.blocking(() -> {
                    Path file = Place.file(place, query);
                    guard(call).require(FileAccess.READ, file);
                    if (!Files.isRegularFile(file)) {
                        throw FileProblem.UNREADABLE.failure("there is no file " + file + ". Check the path.");
                    }
                    return file;
                })
                .compose(file -> load(call, file, options));
    }

    private Future<Path> download(Call call, Place.Web web) {
        guard(call).require(FileAccess.READ, web);
        Path file = context.workFolder().resolve("download-" + UUID.randomUUID());
        return context.http().download(web.url(), file).compose(reply -> {
            if (reply.status() == 200) {
                return Future.succeededFuture(file);
            }
            return delete(file)
                    .compose(gone -> Future.failedFuture(FileProblem.UNREACHABLE.failure(web.url()
                            + " answered with status " + reply.status() + ", expected 200. Check the address.")));
        });
    }

    private Future<Fetched> load(Call call, Path file, JsonObject options) {
        return context.blocking(() -> prepared(file, options))
                .compose(prepared -> table(call, prepared)
                        .eventually(() ->
                                prepared.file().equals(file) ? Future.succeededFuture() : delete(prepared.file())));
    }

    /** A file as it is loaded: as it is, or made UTF-8. */
    private record Prepared(Path file, Detection detection) {}

    private Prepared prepared(Path file, JsonObject options) throws IOException {
        Detection detection = Detector.detect(file, options);
        if (!detection.transcode()) {
            return new Prepared(file, detection);
        }
        Path utf8 = context.workFolder().toRealPath().resolve("utf8-" + UUID.randomUUID());
        Detector.transcode(file, detection, utf8);
        return new Prepared(utf8, detection);
    }

    /** Loads it, and leaves the table to who called. */
    private Future<Fetched> table(Call call, Prepared prepared) {
        Detection detection = prepared.detection();
        TableSource source =
                new TableSource.File(detection.format(), prepared.file().toString(), detection.loadOptions());
        return context.tables()
                .create(source)
                .compose(table -> context.tables().give(table, call.caller()))
                .compose(table ->
                        context.tables().describe(table).map(schema -> new Fetched(table, report(detection, schema))));
    }

    /** What was detected, and then what loading had to say. */
    private static JsonObject report(Detection detection, TableSchema schema) {
        return new JsonObject()
                .put("detected", detection.toJson())
                .put("rows", schema.rows())
                .put("columns", schema.toJson().getJsonArray("columns"))
                .put("rejected", schema.report().getValue("rejected"))
                .put("widened", schema.report().getValue("widened", new JsonArray()));
    }

    private Future<Void> delete(Path file) {
        return context.blocking(() -> {
            Files.deleteIfExists(file);
            return null;
        });
    }

    @Override
    public Future<JsonObject> sync(Call call, String connection, Dataset data, JsonObject config) {
        Place place = place(call, connection);
        if (place instanceof Place.Web web) {
            throw Place.invalid(web.url() + " is read only. Connect to a folder or file to write.");
        }
        return context.blocking(() -> {
                    Path file = Place.file(place, config);
                    guard(call).require(FileAccess.WRITE, file);
                    return new Target(file, format(file, config), options(file, config));
                })
                .compose(target -> stored(data)
                        .compose(table -> write(table, target)
                                .eventually(() -> table.equals(data)
                                        ? Future.succeededFuture()
                                        : context.tables().release(table))));
    }

    /** A file to write. */
    private record Target(Path file, TableFormat format, JsonObject options) {}

    private Future<TableHandle> stored(Dataset data) {
        return data instanceof InlineRows rows
                ? context.tables().create(new TableSource.Rows(rows.rows()))
                : Future.succeededFuture((TableHandle) data);
    }

    private Future<JsonObject> write(TableHandle table, Target target) {
        return context.tables()
                .write(table, target.format(), target.file().toString(), target.options())
                .compose(written -> context.tables().describe(table))
                .compose(schema -> context.blocking(() -> new JsonObject()
                        .put("path", target.file().toString())
                        .put("format", target.format().label())
                        .put("rows", schema.rows())
                        .put("bytes", Files.size(target.file()))));
    }

    private static TableFormat format(Path file, JsonObject config) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.gz$", "");
        String ending = name.substring(name.lastIndexOf('.') + 1)
                .replace("jsonl", "ndjson")
                .replace("tsv", "csv");
        String format = Place.text(config, "format").orElse(ending);
        Optional<TableFormat> known = TableFormat.of(format);
        return known.orElseThrow(() -> Place.invalid("sync: '" + format
                + "' is no format. Give 'format' as csv, json, ndjson or parquet, or a file name that ends so."));
    }

    private static JsonObject options(Path file, JsonObject config) {
        for (String name : config.fieldNames()) {
            if (!name.matches("path|format|options")) {
                throw Place.invalid("sync: '" + name + "' is not known. There are path, format and options.");
            }
        }
        JsonObject options = config.getValue("options") instanceof JsonObject given ? given.copy() : new JsonObject();
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".gz") && !options.containsKey("compression")) {
            options.put("compression", "gzip");
        }
        if (name.replaceFirst("\\.gz$", "").endsWith(".tsv") && !options.containsKey("delimiter")) {
            options.put("delimiter", "\t");
        }
        return options;
    }

    @Override
    public Future<Void> disconnect(Call call, String connection) {
        connections.computeIfPresent(
                connection,
                (id, connected) -> connected.caller().equals(call.caller().label()) ? null : connected);
        return Future.succeededFuture();
    }

    @Override
    public Future<Health> health(Call call) {
        return Future.succeededFuture(new Health(true, new JsonObject().put("connections", connections.size())));
    }
}
