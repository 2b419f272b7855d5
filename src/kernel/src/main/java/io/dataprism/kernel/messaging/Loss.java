package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Messages that a receiver had taken and did not handle, since it ended before.
 *
 * @param who the receiver
 * @param parts what was lost, most first
 */
public record Loss(Caller who, List<Part> parts) {
    private static final int SAID = 10;

    public Loss {
        parts = List.copyOf(parts);
    }

    /**
     * Messages of one kind from one sender.
     *
     * @param where for example {@code topic weather.update}
     * @param from the sender's label
     */
    public record Part(MessageKind kind, String where, String from, long count) {

        JsonObject toJson() {
            return new JsonObject()
                    .put("kind", kind.label())
                    .put("where", where)
                    .put("from", from)
                    .put("count", count);
        }

        private String text() {
            return kind.counted(count) + " (" + where + ") from " + from;
        }
    }

    public long total() {
        return parts.stream().mapToLong(Part::count).sum();
    }

    public JsonObject toJson() {
        JsonArray all = new JsonArray();
        parts.forEach(part -> all.add(part.toJson()));
        return new JsonObject().put("who", who.label()).put("total", total()).put("messages", all);
    }

    /** In a sentence. */
    public String text() {
        String said = parts.stream().limit(SAID).map(Part::text).collect(Collectors.joining(", "));
        String more = parts.size() > SAID ? ", and of " + (parts.size() - SAID) + " other kinds or senders" : "";
        return who + " ended before it handled " + total() + " that it had taken: " + said + more
                + ". Who waits for an answer was told; nothing is sent again.";
    }
}
