package io.dataprism.app.command;

import io.dataprism.api.PluginId;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.kernel.storage.StoredUsage;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins storage}. */
@Command(
        name = "storage",
        description = "What plugins store: list, export, delete it, or give what a removed one left to its successor.",
        subcommands = {
            PluginsStorage.Listing.class,
            PluginsStorage.Export.class,
            PluginsStorage.Delete.class,
            PluginsStorage.Keep.class
        },
        footer = {"", "Each works on a running node, and on the data folder of one that does not run."})
final class PluginsStorage extends CommandGroup {
    PluginsStorage(Screen screen) {
        super(screen);
    }

    /** {@code dataprism plugins storage list}. */
    @Command(
            name = "list",
            description = "List for which plugins something is stored, and how much; also for those that were removed.")
    static final class Listing extends ScreenCommand {
        @Mixin
        private final NodeOption node = new NodeOption();

        @Mixin
        private final JsonOption json = new JsonOption();

        Listing(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            JsonObject answer = node.isRunning()
                    ? node.ask("storage", "list", new JsonObject())
                    : OfflineStorage.list(node.folder());
            if (json.wanted()) {
                screen.out().println(PlainText.of(answer.encode()));
                return ExitCode.OK;
            }
            TextTable table = new TextTable("ID", "KEYS", "BYTES", "");
            answer.getJsonArray("plugins").forEach(item -> {
                JsonObject row = (JsonObject) item;
                table.add(List.of(
                        row.getString("id"),
                        String.valueOf(row.getValue("keys", "?")),
                        String.valueOf(row.getValue("bytes", "?")),
                        PlainText.of(row.getString(
                                "problem", row.getBoolean("left") ? "left by one that was removed" : ""))));
            });
            table.print(screen);
            return ExitCode.OK;
        }
    }

    /** {@code dataprism plugins storage export}. */
    @Command(
            name = "export",
            description = "Write all that a plugin stores into a file: a JSON object a line, values in Base64.")
    static final class Export extends ScreenCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "The plugin; it need not be installed any more.")
        private String id;

        @Parameters(index = "1", paramLabel = "FILE", description = "Where to; there must be nothing yet.")
        private Path file;

        @Mixin
        private final NodeOption node = new NodeOption();

        Export(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            Path to = file.toAbsolutePath().normalize();
            int keys = node.isRunning()
                    ? node.ask(
                                    "storage",
                                    "export",
                                    new JsonObject().put("id", id).put("file", to.toString()))
                            .getInteger("keys")
                    : offline(to).keys();
            screen.err().println(keys + (keys == 1 ? " key of " : " keys of ") + id + " in " + to);
            return ExitCode.OK;
        }

        private StoredUsage offline(Path to) {
            return OfflineStorage.export(node.folder(), new PluginId(id), to);
        }
    }

    /** {@code dataprism plugins storage delete}. */
    @Command(
            name = "delete",
            description = "Delete all that a plugin stores. One that runs goes on, and finds nothing.")
    static final class Delete extends ScreenCommand {
        @Parameters(paramLabel = "ID", description = "The plugin; it need not be installed any more.")
        private String id;

        @Mixin
        private final NodeOption node = new NodeOption();

        Delete(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            if (node.isRunning()) {
                node.ask("storage", "delete", new JsonObject().put("id", id));
            } else {
                OfflineStorage.delete(node.folder(), new PluginId(id));
            }
            screen.err().println("Deleted what " + id + " stored in " + node.folder() + ".");
            return ExitCode.OK;
        }
    }

    /** {@code dataprism plugins storage keep}. */
    @Command(
            name = "keep",
            description = "Give what a removed plugin left to whatever is or will be installed by the same id.",
            footer = {
                "",
                "Without it only the artifacts that were removed get it back: another one by the same name may be another author's."
            })
    static final class Keep extends ScreenCommand {
        @Parameters(paramLabel = "ID", description = "The plugin.")
        private String id;

        @Mixin
        private final NodeOption node = new NodeOption();

        Keep(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            if (node.isRunning()) {
                node.ask("storage", "keep", new JsonObject().put("id", id));
            } else {
                OfflineStorage.keep(node.folder(), new PluginId(id));
            }
            screen.err().println("What is stored for " + id + " is for whatever has this id.");
            return ExitCode.OK;
        }
    }
}
