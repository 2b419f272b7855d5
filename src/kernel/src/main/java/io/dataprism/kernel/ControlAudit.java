package io.dataprism.kernel;

import io.dataprism.api.Caller;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the audit what was asked of the control operations: changes, and looks at messages' bodies. Who asked for a change is answered once its lines are on the disk,
 * or could not be written, of which the log and {@code node:info} tell. Safe to use from any thread.
 */
final class ControlAudit {
    /** What only looks, or is told of elsewhere: calls are messages. */
    private static final Set<String> LOOKS = Set.of(
            "node:info",
            "plugins:list",
            "plugins:info",
            "plugins:review",
            "plugins:why",
            "plugins:lag",
            "plugins:doctor",
            "plugins:profile",
            "resources:list",
            "resources:history",
            "plugins:call",
            "grants:list",
            "grants:requests",
            "grants:explain",
            "storage:list",
            "tasks:list",
            "metrics:list",
            "channels:list",
            "messages:next",
            "messages:unwatch",
            "dead:list",
            "desired:plan",
            "audit:list",
            "audit:verify",
            "audit:head");

    /** What the store of grants tells, where it comes to anything. */
    private static final Set<String> TOLD_THERE = Set.of("grants:add", "grants:revoke");

    private final KernelParts parts;

    ControlAudit(KernelParts parts) {
        this.parts = parts;
    }

    /** {@code operation}, and a line of what came of it. */
    Future<JsonObject> kept(ControlRequest request, Supplier<Future<JsonObject>> operation) {
        if (LOOKS.contains(request.operation())) {
            return operation.get();
        }
        return Future.succeededFuture()
                .compose(go -> operation.get())
                .onSuccess(answer -> done(request))
                .onFailure(cause -> tell(request, cause))
                .eventually(this::written);
    }

    private void done(ControlRequest request) {
        if (!TOLD_THERE.contains(request.operation())) {
            tell(request, null);
        }
    }

    private void tell(ControlRequest request, @Nullable Throwable failure) {
        Actor who = Actor.of(request.caller(), "");
        String target = target(request.body());
        parts.audit()
                .changed(
                        failure == null
                                ? AuditEntry.done(who, request.operation(), target, "")
                                : AuditEntry.failed(who, request.operation(), target, AuditEntry.code(failure)));
    }

    /** Not on the log's own thread, which whoever asked must not hold up. */
    private Future<Void> written() {
        return parts.auditLog()
                .map(log -> new HostContext(parts.vertx()).deliver(log.written()))
                .orElse(Future.succeededFuture())
                .otherwiseEmpty();
    }

    /** What it was about, as far as that can't be a secret. */
    private static String target(JsonObject body) {
        if (body.getValue("id") instanceof String id) {
            String label = id.contains(":") ? id : "plugin:" + id;
            return body.getValue("permission") instanceof String permission ? label + " " + permission : label;
        }
        for (String field : Set.of("name", "task", "number", "pattern", "file")) {
            Object value = body.getValue(field);
            if (value != null) {
                return value.toString();
            }
        }
        return body.getValue("source") instanceof String source ? withoutSecrets(source) : "";
    }

    /** An address may carry a password before its host, and a token behind its path. */
    private static String withoutSecrets(String source) {
        int scheme = source.indexOf("://");
        if (scheme < 0) {
            return source;
        }
        int query = source.indexOf('?', scheme);
        String address = query < 0 ? source : source.substring(0, query);
        int slash = address.indexOf('/', scheme + 3);
        int at = address.lastIndexOf('@', slash < 0 ? address.length() : slash);
        return at < scheme ? address : address.substring(0, scheme + 3) + address.substring(at + 1);
    }

    /** {@code caller} may not use the operations at all. */
    void denied(Caller caller, String operation, PermissionDeniedException why) {
        parts.audit()
                .denied(AuditEntry.denied(
                        Actor.of(caller, parts.gate().grants().version(caller)),
                        operation,
                        "",
                        String.valueOf(why.getMessage()),
                        ""));
    }
}
