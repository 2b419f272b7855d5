package io.dataprism.faults.node;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.control.ControlClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The events that a node publishes, as an operator sees them, each with when it came. Its thread ends with the node, or when this is closed. */
public final class Events implements AutoCloseable {
    private static final int WAIT_MILLIS = 500;

    /** One event. */
    public record Seen(String topic, JsonObject body, long nanos) {}

    private final ControlClient client;
    private final String watch;
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Thread reader = new Thread(this::read, "events");
    private volatile boolean closed;

    private Events(ControlClient client, String pattern) {
        this.client = client;
        JsonObject wanted = new JsonObject()
                .put("pattern", "event:" + pattern)
                .put("kinds", "event")
                .put("body", true);
        watch = client.invoke("messages", "watch", wanted).getString("watch");
        reader.setDaemon(true);
    }

    /** Watch from now on what {@code pattern} means. */
    public static Events of(NodeProcess node, String pattern) {
        Events events = new Events(node.connect(), pattern);
        events.reader.start();
        return events;
    }

    private void read() {
        JsonObject next = new JsonObject().put("watch", watch).put("waitMillis", WAIT_MILLIS);
        try {
            while (!closed) {
                for (Object item : client.invoke("messages", "next", next).getJsonArray("lines")) {
                    take((JsonObject) item);
                }
            }
        } catch (CommandFailure ended) {
            // The node is gone, or this was closed: nothing more will come
            closed = true;
        }
    }

    private void take(JsonObject line) {
        String topic = line.getString("to").substring("event:".length());
        JsonObject body = line.getValue("body") instanceof JsonObject json ? json : new JsonObject();
        seen.add(new Seen(topic, body, System.nanoTime()));
    }

    public List<Seen> all(String topic) {
        return seen.stream().filter(each -> each.topic().equals(topic)).toList();
    }

    /** Wait for the first event of a topic, and take it. */
    public Optional<Seen> first(String topic, Duration within) throws IOException, InterruptedException {
        Until.becomes(within, () -> !all(topic).isEmpty());
        return all(topic).stream().findFirst();
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
