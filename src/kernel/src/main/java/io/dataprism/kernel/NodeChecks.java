package io.dataprism.kernel;

import io.dataprism.kernel.lifecycle.Checks;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The periodic check of a node, part by part: one that fails keeps no other from being done. It is told of in the log when that begins and when it is over,
 * and stands in {@code node:info} in between. Owned by the lifecycle thread, on which the parts are done and complete; {@link #toJson} is safe to use
 * from any thread.
 */
final class NodeChecks implements Checks.Report<String> {
    private static final Logger LOG = LoggerFactory.getLogger(NodeChecks.class);

    private final Map<String, Supplier<Future<?>>> parts = new LinkedHashMap<>();
    private final Checks<String> checks = new Checks<>(this);
    /** What says by itself why it fails. */
    private final Map<String, Supplier<Optional<String>>> others = new LinkedHashMap<>();

    private final Map<String, String> failing = new ConcurrentSkipListMap<>();

    /** Add a part that is done once it returns. All parts are added before the first check. */
    NodeChecks with(String name, Runnable part) {
        return with(name, () -> {
            part.run();
            return Future.succeededFuture();
        });
    }

    NodeChecks with(String name, Supplier<Future<?>> part) {
        parts.put(name, part);
        return this;
    }

    /** Have {@code trouble}, of what does its work elsewhere and tells of it itself, among what fails. */
    NodeChecks alsoTelling(String name, Supplier<Optional<String>> trouble) {
        others.put(name, trouble);
        return this;
    }

    /** Do each part, in the order in which they were added. */
    void check() {
        parts.forEach((name, part) -> {
            // What the part throws fails the future.
            Future<?> done = Future.succeededFuture().compose(go -> part.get());
            done.onComplete(result -> checks.ended(name, result.cause()));
        });
    }

    @Override
    public void failed(String name, Throwable cause) {
        failing.put(name, String.valueOf(cause));
        LOG.error(
                "The periodic check of {} failed and is done again each time; the other checks go on. This is an error of the kernel: report it.",
                name,
                cause);
    }

    @Override
    public void recovered(String name) {
        LOG.info("The periodic check of {} succeeds again", name);
        failing.remove(name);
    }

    /** The parts that fail now, each with the cause of that. */
    JsonArray toJson() {
        JsonArray all = new JsonArray();
        failing.forEach(
                (name, cause) -> all.add(new JsonObject().put("name", name).put("cause", cause)));
        others.forEach((name, trouble) -> trouble.get()
                .ifPresent(cause -> all.add(new JsonObject().put("name", name).put("cause", cause))));
        return all;
    }
}
