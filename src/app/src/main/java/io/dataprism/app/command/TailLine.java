package io.dataprism.app.command;

import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** One line of {@code dataprism tail}, for a reader. */
final class TailLine {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private static final Set<String> BAD = Set.of("refused", "failed", "lost", "dropped");

    private final Screen screen;
    private final JsonObject line;

    TailLine(Screen screen, JsonObject line) {
        this.screen = screen;
        this.line = line;
    }

    private String word(String field) {
        return PlainText.of(String.valueOf(line.getValue(field, "")));
    }

    String text() {
        StringBuilder text = new StringBuilder(CLOCK.format(Instant.parse(line.getString("time"))))
                .append(String.format("  %-7s  ", word("kind")))
                .append(screen.styled(Style.BOLD, word("id")));
        if (line.containsKey("cause")) {
            text.append(" < ").append(word("cause"));
        }
        text.append("  ").append(way()).append("  ").append(size(line.getLong("size", 0L)));
        text.append("  ").append(outcome());
        if (line.containsKey("micros")) {
            text.append("  ").append(duration(line.getLong("micros")));
        }
        if (line.containsKey("detail")) {
            text.append("  ").append(word("detail"));
        }
        if (line.containsKey("body")) {
            text.append("  ").append(word("body"));
        }
        return text.toString();
    }

    /** From whom to where; who has handled it, and whose answer it is, where that is what the line is about. */
    private String way() {
        return switch (word("kind")) {
            case "handled", "answer" -> word("to") + " -> " + word("receiver");
            default ->
                word("from") + " -> " + word("to")
                        + (line.containsKey("receiver") ? " (" + word("receiver") + ")" : "");
        };
    }

    private String outcome() {
        String outcome = word("outcome");
        return BAD.contains(outcome) ? screen.styled(Style.RED, outcome) : outcome;
    }

    private static String size(long bytes) {
        return bytes < 1_000 ? bytes + " B" : bytes < 1_000_000 ? bytes / 1_000 + " kB" : bytes / 1_000_000 + " MB";
    }

    private static String duration(long micros) {
        return micros < 1_000
                ? micros + " µs"
                : micros < 1_000_000 ? micros / 1_000 + " ms" : micros / 1_000_000 + " s";
    }
}
