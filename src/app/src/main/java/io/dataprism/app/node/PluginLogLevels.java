package io.dataprism.app.node;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.app.LogSetup;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From which level on single plugins log. It holds at once, through restarts of the plugin, and until the node ends: nothing of it is stored. */
final class PluginLogLevels {
    private static final String AS_ALL = "default";
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", AS_ALL);

    private PluginLogLevels() {}

    static Optional<String> of(String id) {
        return LogSetup.level(logger(id));
    }

    private static String logger(String id) {
        return "plugin." + id;
    }

    /** @return fails with {@code DP-0804} for what is no level, {@code DP-1033} where this process's log is not to be changed so */
    static Future<JsonObject> set(Kernel kernel, String id, @Nullable Object level) {
        if (!(level instanceof String text) || !LEVELS.contains(text)) {
            return Future.failedFuture(new PluginException(
                    "DP-0804",
                    "Field 'level' of control operation 'plugins:level' must be one of " + String.join(", ", LEVELS)
                            + ", but is "
                            + (level == null ? "missing" : "'" + PluginException.excerpt(level.toString()) + "'")
                            + "."));
        }
        if (!LogSetup.level(logger(id), Optional.of(text).filter(said -> !said.equals(AS_ALL)))) {
            return Future.failedFuture(new PluginException(
                    "DP-1033",
                    "The log level of plugin '" + id
                            + "' was not changed: this process does not log through Logback. Set the level of the logger '"
                            + logger(id) + "' where its log is configured."));
        }
        kernel.audit()
                .changed(AuditEntry.done(Actor.of(Caller.OPERATOR, ""), "plugins:level", "plugin:" + id, "to " + text));
        return Future.succeededFuture(new JsonObject().put("id", id).put("level", text));
    }
}
