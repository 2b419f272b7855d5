package io.dataprism.api;

import io.vertx.core.Future;

/** Answers the calls of one capability. Runs in the plugin's slices. */
@FunctionalInterface
public interface CapabilityHandler {

    /**
     * Answer {@code call}. The future's value is the reply and must be a payload (see the package's description), or a {@link StreamReply} where the
     * capability is read as a stream; throwing is the same as failing. A {@link CallException} reaches the caller with its kind, anything else as {@link FailureKind#FAILED}.
     */
    Future<?> handle(Call call) throws Exception;
}
