package io.dataprism.app.command;

import io.dataprism.app.Screen;
import picocli.CommandLine.Command;

/** {@code dataprism plugins}. */
@Command(
        name = "plugins",
        description = "Plugins: check, install, start, stop, and what a running node says of them.",
        subcommands = {
            NewPluginCommand.class,
            PluginsCheck.class,
            PluginsList.class,
            PluginsInfo.class,
            PluginsDoctor.class,
            PluginsLogLevel.class,
            PluginsProfile.class,
            PluginsInstall.class,
            PluginsRemove.class,
            PluginsAct.Start.class,
            PluginsAct.Stop.class,
            PluginsAct.Suspend.class,
            PluginsAct.Resume.class,
            PluginsAct.Release.class,
            PluginsAct.Reload.class,
            PluginsWhy.class,
            PluginsCall.class,
            PluginsLag.class,
            PluginsLimit.class,
            PluginsStorage.class
        },
        footer = {"", "A running node is found by its data folder: ./data, or --data FOLDER."})
final class PluginsCommand extends CommandGroup {
    PluginsCommand(Screen screen) {
        super(screen);
    }
}
