package io.dataprism.app.node;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.FailureKind;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableCapabilities;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableSchema;
import io.dataprism.api.TableSource;
import io.dataprism.app.pipeline.PluginCalls;
import io.dataprism.kernel.Kernel;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls on behalf of the host, and tables through whichever plugin keeps them. Blocks. */
public final class KernelCalls implements PluginCalls {
    private static final CallOptions LONG = CallOptions.within(Duration.ofMinutes(10));
    private static final StreamOptions READING =
            StreamOptions.within(Duration.ofDays(1)).idle(Duration.ofMinutes(5));
    private static final int BATCH = 1024;

    private final Kernel kernel;

    KernelCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public @Nullable Object call(String plugin, String capability, JsonObject request, CallOptions options)
            throws InterruptedException {
        return Waiting.on(kernel.<@Nullable Object>call(plugin, capability, request, options));
    }

    /** The same, for a capability that answers with an object. */
    public JsonObject object(String plugin, String capability, JsonObject request) throws InterruptedException {
        return Waiting.on(kernel.<JsonObject>call(plugin, capability, request, LONG));
    }

    @Override
    public TableSchema describe(TableHandle table) throws InterruptedException {
        return TableSchema.fromJson(
                object(keeper(), TableCapabilities.DESCRIBE, new JsonObject().put("table", table.toJson())));
    }

    /** A table from a query over others. */
    public TableHandle query(TableSource.Query query) throws InterruptedException {
        return TableHandle.fromJson(object(keeper(), TableCapabilities.CREATE, query.toJson()));
    }

    /** Read a table from its first row, batch by batch. */
    public void read(TableHandle table, Consumer<TableBatch> reader) throws InterruptedException {
        JsonObject request = new JsonObject().put("table", table.toJson()).put("batchRows", BATCH);
        StreamReader<TableBatch> batches =
                Waiting.on(kernel.stream(keeper(), TableCapabilities.READ, request, READING));
        try {
            Optional<TableBatch> batch = Waiting.on(batches.next());
            while (batch.isPresent()) {
                reader.accept(batch.get());
                batch = Waiting.on(batches.next());
            }
        } finally {
            batches.close();
        }
    }

    private String keeper() {
        return kernel.plugins().stream()
                .filter(plugin -> plugin.manifest().capabilities().contains(TableCapabilities.CREATE))
                .map(plugin -> plugin.id().value())
                .findFirst()
                .orElseThrow(() -> new CallException(
                        FailureKind.NO_SUCH_CAPABILITY,
                        "No plugin keeps tables: expected one with the capability '" + TableCapabilities.CREATE
                                + "'. Install 'tables'."));
    }
}
