package io.dataprism.kernel;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.audit.AuditLine;
import io.dataprism.kernel.audit.AuditLog;
import io.dataprism.kernel.audit.AuditQuery;
import io.dataprism.kernel.audit.AuditReader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;

/** The control operations on the audit log, and the backup of the store. Safe to use from any thread; what blocks does so on the kernel's threads. */
final class AuditDesk {
    private final KernelParts parts;

    AuditDesk(KernelParts parts) {
        this.parts = parts;
    }

    /** Each operation by its {@code noun:verb}. */
    Map<String, Function<ControlRequest, Future<JsonObject>>> operations() {
        return Map.of(
                "audit:head", request -> reading(AuditDesk::head),
                "audit:list", this::list,
                "audit:verify", this::verify,
                "store:backup", this::backup);
    }

    /** What is asked of what was written so far. */
    private Future<JsonObject> reading(Function<AuditReader, JsonObject> reading) {
        AuditLog log = parts.auditLog()
                .orElseThrow(
                        () -> new PluginException(
                                "DP-0852",
                                "Node '" + parts.options().node()
                                        + "' keeps no audit log, since its data folder is a temporary one. Give it a data folder."));
        // What can't be written now is told of in the answer; what was written before can be read all the same.
        return log.written()
                .otherwiseEmpty()
                .compose(any -> parts.blocking(() -> reading.apply(log.reader())))
                .onSuccess(answer -> log.trouble().ifPresent(trouble -> answer.put("trouble", trouble)));
    }

    private static JsonObject head(AuditReader reader) {
        return reader.last()
                .map(line -> new JsonObject()
                        .put("sequence", line.sequence())
                        .put("hash", line.hash())
                        .put("at", line.at().toString()))
                .orElseGet(JsonObject::new);
    }

    private Future<JsonObject> list(ControlRequest request) {
        AuditQuery query = AuditQuery.fromJson(request.body(), Clock.system(ZoneId.systemDefault()));
        return reading(reader -> {
            JsonArray lines = new JsonArray();
            reader.list(query).stream().map(AuditLine::toJson).forEach(lines::add);
            return new JsonObject().put("lines", lines);
        });
    }

    private Future<JsonObject> verify(ControlRequest request) {
        return reading(
                reader -> reader.verify(request.text("heads").map(Path::of)).toJson());
    }

    private Future<JsonObject> backup(ControlRequest request) {
        Path file = Path.of(request.required("file"));
        return parts.blocking(() -> parts.backup(file));
    }
}
