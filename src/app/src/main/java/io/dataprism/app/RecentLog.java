package io.dataprism.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of this process's log, for whoever asks what happened just now. One a process, as the log is. Safe to use from any thread. */
public final class RecentLog {
    private static final int MOST = 500;
    private static final int LONGEST = 2_000;

    private static final Deque<Line> LINES = new ArrayDeque<>();

    private RecentLog() {}

    /** An exception of a line, or a cause of one. */
    record Thrown(String type, String message, List<String> frames) {
        JsonObject toJson() {
            return new JsonObject().put("type", type).put("message", message).put("frames", new JsonArray(frames));
        }
    }

    /** One line. */
    record Line(Instant at, String level, String logger, String text, List<Thrown> thrown) {
        JsonObject toJson() {
            JsonArray all = new JsonArray();
            thrown.forEach(one -> all.add(one.toJson()));
            return new JsonObject()
                    .put("at", at.toString())
                    .put("level", level)
                    .put("logger", logger)
                    .put("text", text)
                    .put("thrown", all);
        }
    }

    static void add(Line line) {
        synchronized (LINES) {
            if (LINES.size() >= MOST) {
                LINES.removeFirst();
            }
            LINES.addLast(line);
        }
    }

    /** {@code text}, or as much of it as is worth keeping. */
    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** The last 500, the oldest first: {@code at}, {@code level}, {@code logger}, {@code text}, {@code thrown}. Secrets are not masked. */
    public static JsonArray lines() {
        List<Line> lines;
        synchronized (LINES) {
            lines = List.copyOf(LINES);
        }
        JsonArray all = new JsonArray();
        lines.forEach(line -> all.add(line.toJson()));
        return all;
    }
}
