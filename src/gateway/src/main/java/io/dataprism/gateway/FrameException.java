package io.dataprism.gateway;

import io.dataprism.api.PluginException;
import org.jspecify.annotations.Nullable;

/** A frame that is not carried out, and what its sender is told. */
final class FrameException extends PluginException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final @Nullable String replyTo;

    FrameException(Failure failure) {
        this(failure, null);
    }

    FrameException(Failure failure, @Nullable String replyTo) {
        super(failure.code(), failure.text());
        this.failure = failure;
        this.replyTo = replyTo;
    }

    Failure failure() {
        return failure;
    }

    /** Where in the client the answer is waited for, where that could be read. */
    @Nullable
    String replyTo() {
        return replyTo;
    }
}
