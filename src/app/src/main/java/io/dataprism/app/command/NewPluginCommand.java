package io.dataprism.app.command;

import io.dataprism.api.Category;
import io.dataprism.api.PluginId;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.scaffold.NewPlugin;
import io.dataprism.app.scaffold.PluginProject;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins new}. */
@Command(
        name = "new",
        description = "Write a Maven project for a new plugin: manifest, class, and a test in a real kernel.")
final class NewPluginCommand extends ScreenCommand {
    @Parameters(paramLabel = "ID", description = "The plugin's id, for example weather-import.")
    private String id = "";

    @Option(
            names = "--category",
            paramLabel = "CATEGORY",
            description = "What kind of work it does: ${COMPLETION-CANDIDATES}. Default: utility.",
            converter = CategoryLabels.class,
            completionCandidates = CategoryLabels.class)
    private Category category = Category.UTILITY;

    @Option(
            names = "--package",
            paramLabel = "NAME",
            description = "The Java package. Default: org.example and the id without hyphens.")
    private @Nullable String packageName;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where to write it. Default: a folder named as the id.")
    private @Nullable Path folder;

    @Mixin
    private final JsonOption json = new JsonOption();

    NewPluginCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        PluginId plugin = new PluginId(id);
        NewPlugin wanted =
                packageName == null ? NewPlugin.of(plugin, category) : new NewPlugin(plugin, category, packageName);
        Path target = folder == null ? Path.of(id) : folder;
        new PluginProject(wanted).writeTo(target);
        if (json.wanted()) {
            screen.out()
                    .println(new JsonObject()
                            .put("id", id)
                            .put("folder", target.toString())
                            .encodePrettily());
            return ExitCode.OK;
        }
        screen.out().println(target);
        screen.err().println("Next: cd " + target + " && mvn verify. Its README.md says the rest.");
        return ExitCode.OK;
    }
}
