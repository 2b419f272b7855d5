package io.dataprism.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PluginTest(with = "../tables")
class SyncFailureTest {
    @TempDir
    Path folder;

    /** The rows are written by then, and only the last step is left: a folder that holds something is not replaced by a file. */
    @Test
    void aSyncThatFailsAtItsLastStepLeavesWhatWasThere(PluginUnderTest files) throws Exception {
        Path inside = Files.createDirectory(folder.resolve("out.csv")).resolve("kept");
        Files.writeString(inside, "kept\n");
        JsonObject here = new JsonObject().put("config", new JsonObject().put("path", folder.toString()));
        JsonObject sync = new JsonObject()
                .put("connection", files.call("connect", here).getString("connection"))
                .put("data", new JsonArray("[{\"a\":1},{\"a\":2}]"))
                .put("config", new JsonObject().put("path", "out.csv"));
        CallException failed = files.callFailure(FailureKind.FAILED, "sync", sync);
        assertEquals("DP-0719", failed.code());
        assertTrue(failed.getMessage().contains("What was there before is unchanged."), failed.getMessage());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("out.csv")), left.toList());
        }
        assertEquals("kept\n", Files.readString(inside));
    }
}
