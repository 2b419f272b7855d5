package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.input.BadInput;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.audit.AuditLog;
import io.dataprism.kernel.audit.AuditOptions;
import io.dataprism.kernel.storage.PluginStorages;
import io.dataprism.kernel.store.DataFolder;
import io.dataprism.kernel.store.NodeBackup;
import io.dataprism.kernel.store.Store;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataprism store}. */
@Command(
        name = "store",
        description = "What a node stores: grants, denials, the audit log.",
        subcommands = {StoreCommand.Backup.class, StoreCommand.Restore.class})
final class StoreCommand extends CommandGroup {
    StoreCommand(Screen screen) {
        super(screen);
    }

    /** {@code dataprism store backup}. */
    @Command(
            name = "backup",
            description = "Write what a node stores into one file, while it runs or not.",
            footer = {
                "",
                "Grants and denials, what plugins store, and the audit log are in it. Artifacts are not: their sources stand in the configuration."
            })
    static final class Backup extends ScreenCommand {
        @Parameters(paramLabel = "FILE", description = "Where to; there must be nothing yet.")
        private Path file;

        @Mixin
        private final NodeOption node = new NodeOption();

        Backup(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            Path to = file.toAbsolutePath().normalize();
            if (node.isRunning()) {
                node.ask("store", "backup", new JsonObject().put("file", to.toString()));
            } else {
                offline(to);
            }
            screen.err().println("Backup of " + node.folder() + " in " + to);
            return ExitCode.OK;
        }

        private void offline(Path to) {
            try (DataFolder locked = DataFolder.open(node.folder());
                    Store store = Store.open(locked.store());
                    PluginStorages storages = new PluginStorages(locked.storage(), Runnable::run)) {
                NodeBackup.write(to, store, locked.audit(), storages::copy);
            } catch (IOException e) {
                throw BadInput.unreadable(node.folder(), e);
            }
        }
    }

    /** {@code dataprism store restore}. */
    @Command(
            name = "restore",
            description = "Put what a backup holds in the place of what a node stores. The node must not run.",
            footer = {
                "",
                "What was stored before, by plugins too, is kept beside, in 'store-before-restore' of the data folder, until the next one.",
                "An audit log that is there stays, and gets a line that says so: what happened since is not undone by a backup."
            })
    static final class Restore extends ScreenCommand {
        @Parameters(paramLabel = "FILE", description = "What 'store backup' wrote.")
        private Path file;

        @Mixin
        private final NodeOption node = new NodeOption();

        Restore(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            try (DataFolder locked = DataFolder.openToRestore(node.folder())) {
                NodeBackup.Restored restored = NodeBackup.restore(file.toAbsolutePath(), locked);
                tell(locked);
                screen.err()
                        .println("Restored " + file + " into " + node.folder() + ". "
                                + (restored.audit()
                                        ? "The audit log is the backup's."
                                        : "The audit log is the one that was there.")
                                + (restored.storage()
                                        ? " What plugins store is the backup's."
                                        : " What plugins store is as it was: the backup is of a version that had none of it.")
                                + " What was stored before is in " + restored.kept());
            } catch (IOException e) {
                throw BadInput.unreadable(node.folder(), e);
            }
            return ExitCode.OK;
        }

        private void tell(DataFolder folder) {
            try (AuditLog log = AuditLog.open(folder.audit(), "store-restore", AuditOptions.DEFAULT)) {
                log.changed(AuditEntry.done(
                        new Actor(Actor.Kind.OPERATOR, "", ""),
                        "store-restored",
                        String.valueOf(file.getFileName()),
                        "what was granted and denied, and what plugins store, is as the backup had it"));
            }
        }
    }
}
