package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.kernel.registry.ArtifactSource;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins install}. */
@Command(
        name = "install",
        description = "Fetch a plugin, check it and keep it. Nothing of it is run until it is started.",
        footer = {"", "Works on a running node, and on the data folder of one that does not run."})
final class PluginsInstall extends ScreenCommand {
    @Parameters(paramLabel = "SOURCE", description = "A path, an http(s) address, or maven:GROUP:ARTIFACT:VERSION.")
    private String source;

    @Option(names = "--sha256", paramLabel = "HEX", description = "The SHA-256 that the artifact must have.")
    private Optional<String> sha256 = Optional.empty();

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsInstall(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        ArtifactSource artifact = absolute(
                sha256.map(hash -> ArtifactSource.parse(source, hash)).orElseGet(() -> ArtifactSource.parse(source)));
        JsonObject plugin = showing(
                "install", () -> node.isRunning() ? live(artifact) : OfflineRegistry.install(node.folder(), artifact));
        screen.out()
                .println(
                        json.wanted()
                                ? plugin.encodePrettily()
                                : "Installed " + plugin.getString("id") + " " + plugin.getString("version") + " in "
                                        + node.folder() + ". Start it with: ./dataprism plugins start "
                                        + plugin.getString("id"));
        return ExitCode.OK;
    }

    private JsonObject live(ArtifactSource artifact) {
        JsonObject body = new JsonObject().put("source", artifact.toString());
        sha256.ifPresent(hash -> body.put("sha256", hash));
        return node.ask("plugins", "install", body);
    }

    /** A path means the same to the node, which may have another working folder. */
    private static ArtifactSource absolute(ArtifactSource source) {
        return source instanceof ArtifactSource.OnDisk disk
                ? new ArtifactSource.OnDisk(disk.path().toAbsolutePath().normalize(), disk.sha256())
                : source;
    }
}
