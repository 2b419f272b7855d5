package io.dataprism.kernel.context;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginId;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableCapabilities;
import io.dataprism.api.TableFormat;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableReader;
import io.dataprism.api.TableSchema;
import io.dataprism.api.TableSource;
import io.dataprism.api.Tables;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tables as calls to whichever plugin provides them. What it is for (a plugin, the host) says how calls are made and on which context futures complete. */
public abstract class ProvidedTables implements Tables {
    private static final CallOptions LONG = CallOptions.within(Duration.ofMinutes(10));
    /** A batch may be large and take long to be looked at, so few are made ahead. */
    private static final StreamOptions READING =
            StreamOptions.within(Duration.ofDays(1)).idle(Duration.ofMinutes(5)).ahead(4, 4 << 20);

    private final String who;
    private final Supplier<Optional<PluginId>> provider;

    /**
     * @param who asks, for messages
     * @param provider which plugin provides tables now
     */
    protected ProvidedTables(String who, Supplier<Optional<PluginId>> provider) {
        this.who = who;
        this.provider = provider;
    }

    protected abstract <T> Future<T> call(String plugin, String capability, JsonObject request, CallOptions options);

    protected abstract <T> Future<StreamReader<T>> stream(
            String plugin, String capability, JsonObject request, StreamOptions options);

    protected abstract <T> Future<T> failed(Throwable cause);

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
        return provided(plugin -> this.<TableBatch>stream(plugin, TableCapabilities.READ, request, READING)
                .map(Reader::new));
    }

    @Override
    public Future<Void> write(TableHandle table, TableFormat format, String path, JsonObject options) {
        return call(
                TableCapabilities.WRITE,
                naming(table).put("format", format.label()).put("path", path).put("options", options));
    }

    @Override
    public Future<TableHandle> give(TableHandle table, Caller to) {
        return this.<JsonObject>call(TableCapabilities.GIVE, naming(table).put("owner", to.label()))
                .map(TableHandle::fromJson);
    }

    @Override
    public Future<Void> release(TableHandle table) {
        return call(TableCapabilities.RELEASE, naming(table));
    }

    private static JsonObject naming(TableHandle table) {
        return new JsonObject().put("table", table.toJson());
    }

    private <T> Future<T> call(String capability, JsonObject request) {
        return provided(plugin -> this.<T>call(plugin, capability, request, LONG));
    }

    private <T> Future<T> provided(Function<String, Future<T>> asking) {
        return provider.get()
                .map(plugin -> asking.apply(plugin.value()))
                .orElseGet(() -> failed(new CallException(
                        FailureKind.NO_SUCH_CAPABILITY,
                        who + " asked for tables, but no plugin that provides them is installed. Install one, such as"
                                + " 'tables'.")));
    }

    /** Reads the batches of a stream whose head is the schema. */
    private static final class Reader implements TableReader {
        private final StreamReader<TableBatch> batches;
        private final TableSchema schema;

        Reader(StreamReader<TableBatch> batches) {
            this.batches = batches;
            this.schema = TableSchema.fromJson((JsonObject) Objects.requireNonNull(batches.head()));
        }

        @Override
        public TableSchema schema() {
            return schema;
        }

        @Override
        public Future<Optional<TableBatch>> next() {
            return batches.next();
        }

        @Override
        public Future<Void> close() {
            return batches.close();
        }
    }
}
