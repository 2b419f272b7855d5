package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What start, stop and reload share: one plugin of a running node. */
abstract class PluginsAct extends ScreenCommand {
    private final String verb;

    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id;

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsAct(Screen screen, String verb) {
        super(screen);
        this.verb = verb;
    }

    /** What the operation needs beside the plugin's id. */
    JsonObject body() {
        return new JsonObject();
    }

    @Override
    public Integer call() {
        JsonObject plugin = showing(verb + " " + id, () -> node.ask("plugins", verb, body().put("id", id)));
        if (json.wanted()) {
            screen.out().println(plugin.encodePrettily());
        } else {
            screen.out()
                    .println(plugin.getString("id") + " " + plugin.getString("version") + " is "
                            + plugin.getString("state") + ".");
            Notes.print(screen, plugin);
        }
        return ExitCode.OK;
    }

    /** {@code dataprism plugins start}. */
    @Command(
            name = "start",
            description = "Start an installed plugin on a running node, and first what it depends on.",
            footer = {"", "What it depends on and was stopped by hand stays stopped: start that first."})
    static final class Start extends PluginsAct {
        Start(Screen screen) {
            super(screen, "start");
        }
    }

    /** {@code dataprism plugins stop}. */
    @Command(name = "stop", description = "Stop a plugin on a running node, and first what depends on it.")
    static final class Stop extends PluginsAct {
        Stop(Screen screen) {
            super(screen, "stop");
        }
    }

    /** {@code dataprism plugins suspend}. */
    @Command(
            name = "suspend",
            description =
                    "Hold a plugin on a running node: it stays loaded and runs no code, and what comes for it waits.",
            footer = {"", "It goes on with: dataprism plugins resume ID. Calls of it fail meanwhile."})
    static final class Suspend extends PluginsAct {
        Suspend(Screen screen) {
            super(screen, "suspend");
        }
    }

    /** {@code dataprism plugins resume}. */
    @Command(name = "resume", description = "Let a suspended plugin on a running node go on with what waits for it.")
    static final class Resume extends PluginsAct {
        Resume(Screen screen) {
            super(screen, "resume");
        }
    }

    /** {@code dataprism plugins release}. */
    @Command(
            name = "release",
            description = "End a plugin's quarantine on a running node: it starts again where it is wanted.",
            footer = {"", "What it failed with, and when: dataprism plugins info ID."})
    static final class Release extends PluginsAct {
        Release(Screen screen) {
            super(screen, "release");
        }
    }

    /** {@code dataprism plugins reload}. */
    @Command(
            name = "reload",
            description = "Stop and start a plugin on a running node, perhaps with another artifact of it.",
            footer = {"", "Where the new artifact fails to start, the old one comes back."})
    static final class Reload extends PluginsAct {
        @ArgGroup(exclusive = false)
        private @Nullable Artifact artifact;

        /** The one that takes its place. */
        static final class Artifact {
            @Option(
                    names = "--source",
                    required = true,
                    paramLabel = "SOURCE",
                    description = "The new artifact: path, address or maven:…")
            private String source;

            @Option(names = "--sha256", paramLabel = "HEX", description = "The SHA-256 that it must have.")
            private Optional<String> sha256 = Optional.empty();

            JsonObject body() {
                // A path means the same to the node, which may have another working folder
                JsonObject body = new JsonObject()
                        .put(
                                "source",
                                Files.exists(Path.of(source))
                                        ? Path.of(source).toAbsolutePath().toString()
                                        : source);
                sha256.ifPresent(hash -> body.put("sha256", hash));
                return body;
            }
        }

        Reload(Screen screen) {
            super(screen, "reload");
        }

        @Override
        JsonObject body() {
            return artifact == null ? new JsonObject() : artifact.body();
        }
    }
}
