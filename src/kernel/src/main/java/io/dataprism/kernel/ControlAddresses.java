package io.dataprism.kernel;

import io.dataprism.api.Caller;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.audit.AuditTrail;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The control operations on the event bus of this node, at {@code kernel:<noun>:<verb>}. A request must carry the operator's token in its
 * header {@code operator-token}. A failed one is answered with {@code {error: {code, message}}} in a failure whose text is that JSON.
 */
final class ControlAddresses {
    /** The header with the token. */
    static final String TOKEN = "operator-token";

    private static final int FAILED = 500;
    private static final int DENIED = 403;

    private final KernelControl control;
    private final AuditTrail trail;
    private final byte[] token;
    private final List<MessageConsumer<Object>> consumers = new ArrayList<>();

    ControlAddresses(KernelParts parts, ControlDesk control) {
        this.control = control;
        this.trail = parts.audit();
        boolean isNew = !parts.folder().hasOperatorToken();
        this.token = parts.folder().operatorToken().getBytes(StandardCharsets.UTF_8);
        if (isNew) {
            trail.changed(AuditEntry.done(
                    Actor.KERNEL, "token-made", "operator.token", "what the operator shows on the event bus"));
        }
        String prefix = parts.options().addressPrefix() + "kernel:";
        for (String name : control.names()) {
            int colon = name.indexOf(':');
            String noun = name.substring(0, colon);
            String verb = name.substring(colon + 1);
            consumers.add(
                    parts.vertx().eventBus().localConsumer(prefix + name, message -> answer(noun, verb, message)));
        }
    }

    private void answer(String noun, String verb, Message<Object> message) {
        String shown = message.headers().get(TOKEN);
        if (shown == null || !MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8))) {
            trail.denied(AuditEntry.denied(
                    Actor.named("event bus"),
                    noun + ":" + verb,
                    "",
                    shown == null ? "it showed no operator's token" : "it showed a wrong operator's token",
                    ""));
            PluginException denied = new PermissionDeniedException(
                    "kernel:" + noun + ":" + verb,
                    "The control operation '" + noun + ":" + verb + "' needs the operator's token in the header '"
                            + TOKEN + "'. It stands in operator.token in the data folder.");
            message.fail(DENIED, text(denied));
            return;
        }
        JsonObject body = message.body() instanceof JsonObject object ? object : new JsonObject();
        control.invoke(Caller.OPERATOR, noun, verb, body)
                .onComplete(message::reply, cause -> message.fail(FAILED, text(cause)));
    }

    private static String text(Throwable cause) {
        String code = cause instanceof PluginException known ? known.code() : "DP-0800";
        String message = cause instanceof PluginException ? String.valueOf(cause.getMessage()) : cause.toString();
        return new JsonObject()
                .put("error", new JsonObject().put("code", code).put("message", message))
                .encode();
    }

    Future<Void> close() {
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                .mapEmpty();
    }
}
