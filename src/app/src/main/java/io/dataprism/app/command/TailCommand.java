package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.control.ControlClient;
import io.dataprism.app.node.Signals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism tail}. */
@Command(
        name = "tail",
        description = "Show the messages of a running node live: events, channel messages, calls and their answers.",
        footer = {
            "",
            "A pattern is held against where messages go: event:<topic>, channel:<name>:<to>, plugin:<id>:<capability>;",
            "* is any text without dot or colon, ** any text. For example:",
            "  ./dataprism tail 'weather.**'             events of these topics",
            "  ./dataprism tail 'plugin:tables:*' --body  calls of one plugin, with what they say",
            "  ./dataprism tail --failures                whatever goes wrong",
            "Lines that come faster than they are read are dropped, and their number is shown. Ends with Ctrl-C."
        })
final class TailCommand extends ScreenCommand {
    private static final long WAIT_MILLIS = 500;
    private static final int RUNS = -1;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PATTERN", description = "Which messages; all when left out.")
    private String pattern = "**";

    @Option(
            names = "--kind",
            split = ",",
            paramLabel = "KIND",
            description = "Only these kinds: event, message, request, call, handled, answer.")
    private List<String> kinds = List.of();

    @Option(names = "--from", paramLabel = "PATTERN", description = "Only what these send: charts, user:*, host.")
    private String from = "**";

    @Option(names = "--to", paramLabel = "PATTERN", description = "Only what these receive.")
    private String to = "**";

    @Option(names = "--failures", description = "Only what was refused, failed, lost or dropped.")
    private boolean failures;

    @Option(names = "--sample", paramLabel = "1/N", description = "One of N messages, for example 1/100.")
    private String sample = "1/1";

    @Option(names = "--body", description = "Show bodies, too; what a contract calls sensitive is hidden.")
    private boolean body;

    @Option(names = "--lines", paramLabel = "N", description = "End after N lines.")
    private long most = Long.MAX_VALUE;

    @Option(names = "--json", description = "Print each line as a JSON object.")
    private boolean json;

    @Mixin
    private final NodeOption node = new NodeOption();

    /** {@link #RUNS}, or the code to end with. */
    private volatile int end = RUNS;

    private long printed;

    TailCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        JsonObject wanted = wanted();
        try (ControlClient client = ControlClient.connect(node.folder())) {
            String watch = client.invoke("messages", "watch", wanted).getString("watch");
            Signals.onEnd(exitCode -> end = exitCode);
            JsonObject next = new JsonObject().put("watch", watch).put("waitMillis", WAIT_MILLIS);
            while (end == RUNS && printed < most && !screen.out().checkError()) {
                print(client.invoke("messages", "next", next));
            }
            client.invoke("messages", "unwatch", next);
        }
        return end == RUNS ? ExitCode.OK : end;
    }

    private JsonObject wanted() {
        return new JsonObject()
                .put("pattern", pattern)
                .put("kinds", String.join(",", kinds))
                .put("from", from)
                .put("to", to)
                .put("failures", failures)
                .put("oneOf", oneOf())
                .put("body", body);
    }

    private int oneOf() {
        String many = sample.startsWith("1/") ? sample.substring(2) : "";
        if (!many.matches("[1-9][0-9]{0,8}")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "DP-0450",
                    "--sample is '" + PlainText.of(sample) + "', expected one of many, such as 1/100.",
                    null);
        }
        return Integer.parseInt(many);
    }

    private void print(JsonObject next) {
        JsonArray lines = next.getJsonArray("lines");
        for (Object item : lines) {
            if (printed < most) {
                JsonObject line = (JsonObject) item;
                screen.out().println(json ? PlainText.of(line.encode()) : new TailLine(screen, line).text());
                printed++;
            }
        }
        long dropped = next.getLong("dropped");
        if (dropped > 0) {
            screen.err().println(dropped + " lines were dropped: they came faster than they were read. Try --sample.");
        }
    }
}
