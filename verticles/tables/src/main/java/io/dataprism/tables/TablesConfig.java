package io.dataprism.tables;

import io.dataprism.tables.engine.EngineOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The plugin's configuration, whose defaults {@code plugin.yaml} gives.
 *
 * @param memoryMb what DuckDB may hold in native memory before it spills to the work folder
 * @param spillMb what it may spill
 * @param threads threads a statement may use; 0 for as many as there are processors
 * @param statementSeconds how long a statement may run
 * @param leaseMinutes how long a table is kept after it was last used
 */
record TablesConfig(int memoryMb, int spillMb, int threads, int statementSeconds, int leaseMinutes) {

    static TablesConfig of(JsonObject json) {
        return new TablesConfig(
                json.getInteger("memoryMb", 512),
                json.getInteger("spillMb", 16_384),
                json.getInteger("threads", 0),
                json.getInteger("statementSeconds", 600),
                json.getInteger("leaseMinutes", 30));
    }

    EngineOptions engine(Path folder) {
        return new EngineOptions(
                folder,
                (long) memoryMb << 20,
                (long) spillMb << 20,
                threads > 0 ? threads : Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(statementSeconds));
    }

    Duration lease() {
        return Duration.ofMinutes(leaseMinutes);
    }
}
