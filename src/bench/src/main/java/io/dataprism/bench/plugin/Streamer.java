package io.dataprism.bench.plugin;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.StreamReply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Streams {@code items} times the {@code item} that it was asked for. */
public final class Streamer implements Plugin {
    @Override
    public Capabilities capabilities() {
        return Capabilities.of(
                "stream",
                call -> Future.succeededFuture(
                        stream(call.json().getInteger("items"), call.json().getJsonObject("item"))));
    }

    private static StreamReply stream(int items, JsonObject asked) {
        // What came in a message is frozen already and would not be copied.
        JsonObject item = asked.copy();
        int[] left = {items};
        return StreamReply.of(() -> Future.succeededFuture(left[0]-- > 0 ? Optional.of(item) : Optional.empty()));
    }
}
