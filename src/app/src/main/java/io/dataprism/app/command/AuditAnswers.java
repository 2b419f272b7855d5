package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.input.BadInput;
import io.dataprism.kernel.audit.AuditLine;
import io.dataprism.kernel.audit.AuditQuery;
import io.dataprism.kernel.audit.AuditReader;
import io.dataprism.kernel.store.DataFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/** The audit log of a node: asked of the node where it runs, read in its data folder, which is locked meanwhile, where it does not. */
final class AuditAnswers {
    private final NodeOption node;

    AuditAnswers(NodeOption node) {
        this.node = node;
    }

    JsonObject list(JsonObject query) {
        return node.isRunning()
                ? node.ask("audit", "list", query)
                : read(reader -> lines(reader, AuditQuery.fromJson(query, Clock.system(ZoneId.systemDefault()))));
    }

    private static JsonObject lines(AuditReader reader, AuditQuery query) {
        JsonArray lines = new JsonArray();
        reader.list(query).stream().map(AuditLine::toJson).forEach(lines::add);
        return new JsonObject().put("lines", lines);
    }

    JsonObject verify(Optional<Path> heads) {
        if (node.isRunning()) {
            JsonObject body = new JsonObject();
            heads.ifPresent(file -> body.put("heads", file.toAbsolutePath().toString()));
            return node.ask("audit", "verify", body);
        }
        return read(reader -> reader.verify(heads).toJson());
    }

    JsonObject head() {
        return node.isRunning() ? node.ask("audit", "head", new JsonObject()) : read(AuditAnswers::head);
    }

    private static JsonObject head(AuditReader reader) {
        return reader.last()
                .map(line -> new JsonObject()
                        .put("sequence", line.sequence())
                        .put("hash", line.hash())
                        .put("at", line.at().toString()))
                .orElseGet(JsonObject::new);
    }

    private JsonObject read(Function<AuditReader, JsonObject> reading) {
        if (!Files.isDirectory(node.folder())) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "DP-0852",
                    "There is no data folder " + node.folder()
                            + ", so there is no audit log. Name the node's data folder with --data.");
        }
        try (DataFolder locked = DataFolder.open(node.folder())) {
            return reading.apply(AuditReader.of(locked.audit()));
        } catch (IOException e) {
            throw BadInput.unreadable(node.folder(), e);
        }
    }
}
