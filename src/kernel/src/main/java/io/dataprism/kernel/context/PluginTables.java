package io.dataprism.kernel.context;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.FailureKind;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableCapabilities;
import io.dataprism.api.TableFormat;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableReader;
import io.dataprism.api.TableSchema;
import io.dataprism.api.TableSource;
import io.dataprism.api.Tables;
import io.dataprism.kernel.messaging.PluginEndpoint;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** Tables as calls to whichever plugin provides them. */
final class PluginTables implements Tables {
    private static final CallOptions LONG = CallOptions.within(Duration.ofMinutes(10));

    private final PluginRuntime runtime;

    PluginTables(PluginRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Future<TableHandle> create(TableSource source) {
        return this.<JsonObject>call(TableCapabilities.CREATE, source.toJson()).map(TableHandle::fromJson);
    }

    @Override
    public Future<TableSchema> describe(TableHandle table) {
        return this.<JsonObject>call(TableCapabilities.DESCRIBE, naming(table)).map(TableSchema::fromJson);
    }

    @Override
    public Future<TableReader> read(TableHandle table, int batchRows) {
        JsonObject request = naming(table).put("batchRows", batchRows);
        return this.<JsonObject>call(TableCapabilities.OPEN, request).map(Reader::new);
    }

    @Override
    public Future<Void> write(TableHandle table, TableFormat format, String path, JsonObject options) {
        return call(
                TableCapabilities.WRITE,
                naming(table).put("format", format.label()).put("path", path).put("options", options));
    }

    @Override
    public Future<Void> release(TableHandle table) {
        return call(TableCapabilities.RELEASE, naming(table));
    }

    private static JsonObject naming(TableHandle table) {
        return new JsonObject().put("table", table.toJson());
    }

    private <T> Future<T> call(String capability, JsonObject request) {
        PluginEndpoint endpoint = runtime.endpoint();
        return runtime.tableProvider()
                .get()
                .map(provider -> endpoint.calls().<T>call(provider.value(), capability, request, LONG))
                .orElseGet(() -> runtime.deployment()
                        .failed(new CallException(
                                FailureKind.NO_SUCH_CAPABILITY,
                                "Plugin '" + runtime.id() + "' asked for tables, but no plugin that provides them is"
                                        + " installed. Install one, such as 'tables'.")));
    }

    /** Pulls batches through a cursor. */
    private final class Reader implements TableReader {
        private final String cursor;
        private final TableSchema schema;
        private boolean ended;

        Reader(JsonObject opened) {
            cursor = opened.getString("cursor");
            schema = TableSchema.fromJson(opened.getJsonObject("schema"));
        }

        @Override
        public TableSchema schema() {
            return schema;
        }

        @Override
        public Future<Optional<TableBatch>> next() {
            if (ended) {
                return runtime.deployment().succeeded(Optional.empty());
            }
            return PluginTables.this
                    .<TableBatch>call(TableCapabilities.NEXT, request())
                    .map(Optional::ofNullable)
                    .compose(this::endAtTheLast);
        }

        private Future<Optional<TableBatch>> endAtTheLast(Optional<TableBatch> batch) {
            return batch.isPresent() ? runtime.deployment().succeeded(batch) : close().map(batch);
        }

        @Override
        public Future<Void> close() {
            if (ended) {
                return runtime.deployment().succeeded(null);
            }
            ended = true;
            return call(TableCapabilities.CLOSE, request());
        }

        private JsonObject request() {
            return new JsonObject().put("cursor", cursor);
        }
    }
}
