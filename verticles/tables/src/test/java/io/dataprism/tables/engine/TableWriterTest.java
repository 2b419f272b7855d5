package io.dataprism.tables.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.CallException;
import io.dataprism.api.TableFormat;
import io.dataprism.testkit.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableWriterTest {
    /** Packing this takes many times as long as noticing that it began. */
    private static final String MANY_ROWS = "SELECT md5(range::VARCHAR) AS text FROM range(2000000)";

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void anOldFile() throws IOException {
        out = Files.writeString(Files.createDirectory(folder.resolve("target")).resolve("out.csv"), "what was there\n");
    }

    private List<String> left() {
        try (Stream<Path> files = Files.list(out.getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isHalfWritten() {
        try (Stream<Path> files = Files.list(out.getParent())) {
            return files.anyMatch(
                    file -> file.toString().endsWith(".part") && file.toFile().length() > 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aWriteThatIsCutOffHalfWayLeavesTheOldFileAndNothingElse() throws IOException {
        CompletableFuture<Void> writing;
        try (EngineFixture tables = new EngineFixture(folder)) {
            StoredTable table = tables.engine.query(MANY_ROWS, List.of(), Map.of());
            JsonObject packed = new JsonObject().put("compression", "gzip");
            writing = CompletableFuture.runAsync(() -> tables.engine.write(table, TableFormat.CSV, out, packed));
            Await.until("some rows to be written", this::isHalfWritten);
        }
        CompletionException cutOff = assertThrows(CompletionException.class, writing::join);
        assertEquals("DP-0722", ((CallException) cutOff.getCause()).code());
        assertEquals(List.of("out.csv"), left());
        assertEquals("what was there\n", Files.readString(out));
    }

    @Test
    void aWriteThatFailsAtOnceLeavesTheOldFileAndNothingElse() throws IOException {
        try (EngineFixture tables = new EngineFixture(folder)) {
            StoredTable table = tables.csv("a\n1\n");
            JsonObject wrong = new JsonObject().put("delimiter", "too long to separate");
            assertThrows(CallException.class, () -> tables.engine.write(table, TableFormat.CSV, out, wrong));
        }
        assertEquals(List.of("out.csv"), left());
        assertEquals("what was there\n", Files.readString(out));
    }
}
