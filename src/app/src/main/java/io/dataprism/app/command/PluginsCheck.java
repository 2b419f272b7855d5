package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.dataprism.app.input.Problems;
import io.dataprism.kernel.manifest.ArtifactReader;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins check}. */
@Command(
        name = "check",
        description = "Check a plugin without running anything of it: its manifest, its classes, its libraries.",
        footer = {"", "Ends with 3 where something is wrong."})
final class PluginsCheck extends ScreenCommand {
    @Parameters(paramLabel = "JAR|FOLDER", description = "The plugin's jar, or its folder under development.")
    private Path artifact;

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsCheck(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (!Files.exists(artifact)) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "DP-0903",
                    "There is no artifact at " + artifact.toAbsolutePath().normalize()
                            + ": expected a plugin's jar or folder. Build it, or correct the path.");
        }
        List<Problem> problems = ArtifactReader.check(artifact);
        boolean good = problems.stream().noneMatch(Problem::isError);
        if (json.wanted()) {
            screen.out()
                    .println(new JsonObject()
                            .put("ok", good)
                            .put("problems", Problems.toJson(problems))
                            .encodePrettily());
        } else {
            Problems.show(screen, problems);
            if (good) {
                describe(ArtifactReader.read(artifact).manifest());
            }
        }
        return good ? ExitCode.OK : ExitCode.BAD_INPUT;
    }

    private void describe(PluginManifest manifest) {
        screen.out()
                .println(screen.styled(Style.GREEN, "ok") + "  " + manifest.id() + " " + manifest.version() + " ("
                        + manifest.category().label() + ")");
        screen.out().println("    offers  " + String.join(", ", new TreeSet<>(manifest.capabilities())));
        for (RequestedPermission request : manifest.permissions()) {
            screen.out().println("    asks    " + request.permission() + "  " + request.reason());
        }
    }
}
