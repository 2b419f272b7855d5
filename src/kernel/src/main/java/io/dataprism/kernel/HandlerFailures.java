package io.dataprism.kernel;

import io.dataprism.api.Caller;
import io.dataprism.api.Events;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.messaging.FailureReporter;
import io.dataprism.kernel.messaging.Loss;
import io.dataprism.kernel.messaging.SafeFailure;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes failing handlers to the log, and publishes those of plugins as {@code plugin.<id>.failure}. */
final class HandlerFailures implements FailureReporter {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerFailures.class);
    private static final String SUFFIX = ".failure";
    // Only the kernel publishes below "plugin.": a plugin's own topic may end so, too.
    private static final Pattern REPORT = Pattern.compile("topic plugin\\.[^.]+\\.failure");

    private final LogLimit logged = new LogLimit();
    private volatile @Nullable Events events;

    /** Publish through {@code host} from now on. */
    void publishThrough(Events host) {
        events = host;
    }

    @Override
    public void failed(Caller who, String where, SafeFailure failure) {
        logged.say(
                who + " at " + where.split(" ", 2)[0],
                more -> LOG.warn("{} failed in a handler: {}: {}{}", who, where, failure.line(), more, failure));
        Events to = events;
        // A handler that fails at a report of a failure would otherwise be reported for ever.
        if (to != null
                && who.kind() == Caller.Kind.PLUGIN
                && !REPORT.matcher(where).matches()) {
            to.publish("plugin." + who.name() + SUFFIX, body(who, where, failure));
        }
    }

    /** The log has it already. */
    @Override
    public void lost(Loss loss) {
        Events to = events;
        if (to != null && loss.who().kind() == Caller.Kind.PLUGIN) {
            to.publish(
                    "plugin." + loss.who().name() + ".lost",
                    loss.toJson().put("id", loss.who().name()));
        }
    }

    private static JsonObject body(Caller who, String where, SafeFailure failure) {
        return new JsonObject()
                .put("id", who.name())
                .put("where", where)
                .put("type", failure.type())
                .put("message", failure.text());
    }
}
