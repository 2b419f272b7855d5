package io.dataprism.api;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Calling other plugins' capabilities. Needs the permission {@code call:<plugin>:<capability>}.
 *
 * <pre>{@code
 * context.calls()
 *         .<JsonObject>call("users", "find", new JsonObject().put("id", 7), CallOptions.within(Duration.ofSeconds(2)))
 *         .recover(failure -> failure instanceof CallException call && call.kind() == FailureKind.NOT_RUNNING
 *                 ? Future.succeededFuture(new JsonObject())
 *                 : Future.failedFuture(failure));
 * }</pre>
 */
public interface Calls {

    /**
     * Call {@code capability} of {@code plugin}. A plugin that is activated by calls is started first, and this call waits for it.
     *
     * @return the reply; fails at once with a {@link CallException} whose kind says why
     */
    <T> Future<T> call(String plugin, String capability, @Nullable Object request, CallOptions options);

    /** The same with {@link CallOptions#DEFAULT}. */
    default <T> Future<T> call(String plugin, String capability, @Nullable Object request) {
        return call(plugin, capability, request, CallOptions.DEFAULT);
    }

    /**
     * Call a capability that answers with a {@link StreamReply}, and read that. The gate is asked once; when the grant is revoked, the stream ends. What
     * answers without a stream is read as one of a single item, or of none where the answer is null.
     *
     * @return the reader, once the handler has answered; fails at once with a {@link CallException} whose kind says why
     */
    default <T> Future<StreamReader<T>> stream(
            String plugin, String capability, @Nullable Object request, StreamOptions options) {
        return Future.failedFuture(new PluginException(
                "DP-0190", "Streams were asked for, which is not offered here. Call for a single answer."));
    }

    /** The same with {@link StreamOptions#DEFAULT}. */
    default <T> Future<StreamReader<T>> stream(String plugin, String capability, @Nullable Object request) {
        return stream(plugin, capability, request, StreamOptions.DEFAULT);
    }
}
