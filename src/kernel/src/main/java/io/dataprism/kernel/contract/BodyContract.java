package io.dataprism.kernel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.dataprism.kernel.manifest.SchemaCheck;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one kind of message must be like. Compiled once; safe to use from any thread. */
public final class BodyContract {
    private static final int MOST_NAMED = 5;

    private final SchemaCheck check;
    private final SensitiveFields sensitive;

    /**
     * A body as it may be shown.
     *
     * @param hidden whether anything of it is masked
     */
    public record Shown(@Nullable Object body, boolean hidden) {}

    BodyContract(JsonObject schema) {
        this.check = SchemaCheck.reusable(schema);
        this.sensitive = new SensitiveFields(schema);
    }

    /**
     * What is wrong with {@code body}, each rule by its path; empty when it keeps the contract. Values of properties that the schema calls
     * {@code sensitive} or {@code writeOnly} are not shown.
     *
     * @param body owned by the kernel, as it travels
     */
    public Optional<String> breach(@Nullable Object body) {
        Optional<JsonNode> document = JsonTrees.of(body);
        if (document.isEmpty()) {
            return Optional.of("it is no JSON, which the contract describes.");
        }
        List<String> breaches = check.breaches(document.get());
        return breaches.isEmpty() ? Optional.empty() : Optional.of(told(breaches));
    }

    /** {@code body} with {@code (hidden)} in the place of what the schema calls {@code sensitive} or {@code writeOnly}. */
    public Shown shown(@Nullable Object body) {
        return sensitive.shown(body);
    }

    private static String told(List<String> breaches) {
        String first = String.join(" ", breaches.subList(0, Math.min(MOST_NAMED, breaches.size())));
        int more = breaches.size() - MOST_NAMED;
        return more > 0 ? first + " And " + more + " more." : first;
    }
}
