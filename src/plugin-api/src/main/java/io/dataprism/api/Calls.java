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
}
