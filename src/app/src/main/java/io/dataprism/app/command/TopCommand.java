package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.control.ControlClient;
import io.dataprism.app.node.Signals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dataprism top}. */
@Command(
        name = "top",
        description =
                "Show live what the plugins of a running node use, and may: processor time with its curve, memory, state and why it is an odd one.",
        footer = {"", "Ends with Ctrl-C. Where the output is no terminal, or with --once, one table is printed."})
final class TopCommand extends ScreenCommand {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

    /** What the rows are in the order of. */
    enum Order {
        cpu,
        memory,
        time,
        state,
        id;

        private Comparator<JsonObject> rows() {
            Comparator<JsonObject> first = switch (this) {
                case cpu -> Comparator.comparing(use -> -use.getDouble("cpuPercent"));
                case memory -> Comparator.comparing(use -> -use.getLong("memory"));
                case time -> Comparator.comparing(use -> -use.getLong("cpuMillis"));
                // Odd ones first.
                case state ->
                    Comparator.comparing(use -> use.getString("state", "").equals("running"));
                case id -> Comparator.comparing(use -> use.getString("id"));
            };
            return first.thenComparing(use -> use.getString("id"));
        }
    }

    @Option(names = "--sort", paramLabel = "BY", description = "${COMPLETION-CANDIDATES}; cpu if nothing is said.")
    private Order order = Order.cpu;

    @Option(names = "--every", paramLabel = "SECONDS", description = "How often it is looked at; 1 if nothing is said.")
    private int every = 1;

    @Option(names = "--once", description = "Print one table and end.")
    private boolean once;

    @Option(names = "--rows", paramLabel = "N", description = "So many plugins at most; 20 if nothing is said.")
    private int most = 20;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final NodeOption node = new NodeOption();

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<String, Curve> curves = new HashMap<>();
    private volatile int end = ExitCode.OK;

    TopCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws InterruptedException {
        boolean live = screen.isTerminal() && !once && !json.wanted();
        try (ControlClient client = ControlClient.connect(node.folder())) {
            if (live) {
                Signals.onEnd(exitCode -> {
                    end = exitCode;
                    ended.countDown();
                });
            }
            do {
                show(client.invoke("resources", "list", new JsonObject()), live);
            } while (live && !screen.out().checkError() && !ended.await(Math.max(1, every), TimeUnit.SECONDS));
        }
        return end;
    }

    private void show(JsonObject seen, boolean live) {
        if (json.wanted()) {
            screen.out().println(PlainText.of(seen.encode()));
            return;
        }
        List<JsonObject> uses = uses(seen.getJsonArray("plugins"));
        if (live) {
            screen.out().print(HOME_AND_CLEAR);
        }
        screen.out().println(summary(seen, uses));
        TextTable table = live
                ? new TextTable("PLUGIN", "STATE", "CPU %", "OF", "LAST MINUTE", "CPU S", "MEMORY", "OF", "")
                : new TextTable("PLUGIN", "STATE", "CPU %", "OF", "CPU S", "MEMORY", "OF", "");
        uses.stream().sorted(order.rows()).limit(most).forEach(use -> table.add(row(use, live)));
        table.print(screen);
        if (uses.size() > most) {
            screen.out().println("and " + (uses.size() - most) + " more: --rows N");
        }
        screen.out().flush();
    }

    private List<JsonObject> uses(JsonArray plugins) {
        List<JsonObject> uses = plugins.stream().map(JsonObject.class::cast).toList();
        curves.keySet().retainAll(uses.stream().map(use -> use.getString("id")).toList());
        uses.forEach(use ->
                curves.computeIfAbsent(use.getString("id"), id -> new Curve()).add(use.getDouble("cpuPercent")));
        return uses;
    }

    private static String summary(JsonObject seen, List<JsonObject> uses) {
        double percent =
                uses.stream().mapToDouble(use -> use.getDouble("cpuPercent")).sum();
        return String.format(
                Locale.ROOT,
                "%d plugins use %.0f %% of %d cores, %s of %s on their accounts; heap %s of %s, %d threads",
                uses.size(),
                percent,
                seen.getInteger("processors"),
                Amounts.bytes(seen.getLong("memory")),
                Amounts.bytes(seen.getLong("memoryLimit")),
                Amounts.bytes(seen.getLong("heap")),
                Amounts.bytes(seen.getLong("heapLimit")),
                seen.getInteger("threads"));
    }

    private List<String> row(JsonObject use, boolean live) {
        String id = use.getString("id");
        List<String> cells = new ArrayList<>(List.of(
                id,
                use.getString("state", ""),
                String.format(Locale.ROOT, "%.1f", use.getDouble("cpuPercent")),
                use.getInteger("cpuLimit").toString()));
        if (live) {
            cells.add(curves.getOrDefault(id, new Curve()).text(use.getInteger("cpuLimit")));
        }
        cells.addAll(List.of(
                String.format(Locale.ROOT, "%.1f", use.getLong("cpuMillis") / 1_000.0),
                Amounts.bytes(use.getLong("memory")),
                Amounts.bytes(use.getLong("memoryLimit")),
                PlainText.of(use.getString("reason", "")).lines().findFirst().orElse("")));
        return cells;
    }
}
