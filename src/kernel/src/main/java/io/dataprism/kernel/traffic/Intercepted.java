package io.dataprism.kernel.traffic;

import io.dataprism.api.Caller;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way, as interceptors see it.
 *
 * @param kind event, message, request or call
 * @param id the message's
 * @param cause the id of the message for which it is sent
 * @param from who sends it
 * @param to where to: {@code event:<topic>}, {@code channel:<name>:<participant>} or {@code plugin:<id>:<capability>}
 * @param body a payload, which nobody can change
 * @param headers what interceptors before this one have added
 */
public record Intercepted(
        Kind kind,
        String id,
        Optional<String> cause,
        Caller from,
        String to,
        @Nullable Object body,
        Map<String, String> headers) {}
