package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.kernel.manifest.ArtifactReader;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.kernel.permission.Permission;
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
        List<Problem> problems = showing("check", () -> ArtifactReader.check(artifact));
        return Verdict.show(
                screen,
                json,
                problems,
                () -> described(ArtifactReader.read(artifact).manifest()));
    }

    private static String described(PluginManifest manifest) {
        StringBuilder text = new StringBuilder(manifest.id() + " " + manifest.version() + " ("
                + manifest.category().label() + ")");
        text.append("\n    offers  ").append(String.join(", ", new TreeSet<>(manifest.capabilities())));
        for (RequestedPermission request : manifest.permissions()) {
            Permission permission = Permission.parse(request.permission());
            text.append("\n    asks    ")
                    .append(permission)
                    .append("  ")
                    .append(request.reason())
                    .append("\n              which lets it ")
                    .append(permission.name().lets())
                    .append(" (")
                    .append(permission.name().danger().text())
                    .append(")");
        }
        return text.toString();
    }
}
