package io.dataprism.tables.engine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much of the machine the engine may take.
 *
 * @param folder an existing folder of its own, for spilling and for the gate
 * @param memoryBytes what DuckDB may hold in (native) memory before it spills
 * @param spillBytes what it may spill to {@code folder}
 * @param threads threads a query may use
 * @param statementLimit how long one statement may run
 */
public record EngineOptions(Path folder, long memoryBytes, long spillBytes, int threads, Duration statementLimit) {

    /** Half a gigabyte of memory, 16 GB of spill, all cores, ten minutes. */
    public static EngineOptions in(Path folder) {
        return new EngineOptions(
                folder, 512L << 20, 16L << 30, Runtime.getRuntime().availableProcessors(), Duration.ofMinutes(10));
    }

    public EngineOptions withMemory(long bytes) {
        return new EngineOptions(folder, bytes, spillBytes, threads, statementLimit);
    }

    public EngineOptions withStatementLimit(Duration limit) {
        return new EngineOptions(folder, memoryBytes, spillBytes, threads, limit);
    }
}
