package io.dataprism.postgres;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.DatabaseSession;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginContext;
import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/**
 * Opens sessions, a few of each caller: the plugin has a certain number of them, and nobody may take all. In the plugin's slices.
 */
final class Sessions {
    /** Of one caller, of the 16 that the plugin has. */
    static final int MOST = 4;

    private final PluginContext context;
    private final Map<String, Integer> open = new HashMap<>();

    Sessions(PluginContext context) {
        this.context = context;
    }

    /** A session of the caller of {@code call}, that ends when nobody waits for the answer any more. */
    Future<DatabaseSession> open(Call call, Target target) {
        String caller = call.caller().label();
        if (open.getOrDefault(caller, 0) >= MOST) {
            return Future.failedFuture(new CallException(
                    FailureKind.BUSY,
                    "DP-0872",
                    "Postgres: " + call.caller() + " has " + MOST
                            + " fetches or syncs under way, which is the most of one caller. Wait for one of them.",
                    null));
        }
        open.merge(caller, 1, Integer::sum);
        return open(target).onFailure(refused -> left(caller)).onSuccess(session -> {
            session.ended().onComplete(over -> left(caller));
            call.cancelled().onSuccess(nobody -> session.close());
        });
    }

    private void left(String caller) {
        open.computeIfPresent(caller, (any, sessions) -> sessions == 1 ? null : sessions - 1);
    }

    /** A session of the plugin's own. */
    Future<DatabaseSession> open(Target target) {
        return context.databases()
                .open(target.login())
                .onSuccess(session -> session.ended()
                        .onFailure(
                                lost -> context.log().warn("Database '" + target.name() + "': " + lost.getMessage())))
                .recover(refused -> Future.failedFuture(hidden(target, refused)));
    }

    /** What is said of a login names address and user, which is for the log. */
    private CallException hidden(Target target, Throwable refused) {
        context.log().warn("Database '" + target.name() + "': " + refused.getMessage());
        if (refused instanceof PermissionDeniedException) {
            return new CallException(
                    FailureKind.DENIED,
                    "Postgres: it may not use database '" + target.name()
                            + "' itself. Its log says which permission its operator has to grant it.");
        }
        String code = refused instanceof PluginException known ? known.code() : "DP-0876";
        return new CallException(
                FailureKind.FAILED,
                code,
                "Postgres: database '" + target.name() + "' can't be opened. Its log says why; see " + code
                        + " among the error codes.",
                null);
    }
}
