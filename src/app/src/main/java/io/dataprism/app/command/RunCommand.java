package io.dataprism.app.command;

import io.dataprism.api.PluginId;
import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Progress;
import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.dataprism.app.conf.ConfRead;
import io.dataprism.app.conf.ConfReader;
import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.input.Problems;
import io.dataprism.app.node.Ending;
import io.dataprism.app.node.LostThreads;
import io.dataprism.app.node.RunningNode;
import io.dataprism.app.node.Selection;
import io.dataprism.app.node.Signals;
import io.dataprism.app.node.Waiting;
import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.desired.WantedPlugin;
import io.dataprism.sandbox.guard.JdkChecks;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dataprism run}. */
@Command(
        name = "run",
        description = "Run a node: bring up what the configuration says, and follow its changes.",
        footer = {
            "",
            "Logs to standard error. SIGTERM or Ctrl-C drains and stops in order; a second one ends the process at once.",
            "Ends with 3 where the configuration is wrong, with 5 where the data folder or a port is taken, with 75 where a thread is lost and 'node.stuck' says so."
        })
final class RunCommand extends ScreenCommand {
    @Mixin
    private final ConfOption conf = new ConfOption();

    @Option(names = "--cluster", description = "Join the cluster that the section 'cluster' describes, or begin it.")
    private boolean clustered;

    @Option(
            names = "--agent",
            negatable = true,
            description = {
                "Have the JDK's own methods check plugins as well. The launcher does so unless told --no-agent; said here, a node"
                        + " without does not start."
            })
    private @Nullable Boolean agent;

    @Option(
            names = "--safe",
            description =
                    "Nothing but the kernel: no plugin and no gateway. What is installed and stored stays as it is.")
    private boolean safe;

    @Option(
            names = "--without",
            paramLabel = "ID",
            description = "Not this plugin, though the configuration wants it; again for each. It stays as it is.")
    private List<String> without = List.of();

    @Option(names = "--log", paramLabel = "LEVEL", description = "error, warn, info or debug; info when left out.")
    private Level level = Level.INFO;

    private enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    RunCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (Boolean.TRUE.equals(agent) && !JdkChecks.areOn()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "DP-0868",
                    "--agent: this JVM was started without the agent, which it takes from its beginning. Start the node by"
                            + " ./dataprism run, or give java the option -javaagent:lib/dataprism-agent-"
                            + Product.version() + ".jar.");
        }
        System.setProperty("dataprism.log", level.name().toLowerCase(Locale.ROOT));
        // Hazelcast's first words come before it has read its own configuration.
        System.setProperty("hazelcast.logging.type", "slf4j");
        // GraalJS warns of its native library, which a reloaded plugin cannot load again, and which only a JVM with a
        // compiler of its own would use.
        System.setProperty("polyglotimpl.AttachLibraryFailureAction", "ignore");
        Selection selection =
                new Selection(safe, without.stream().map(PluginId::new).collect(Collectors.toSet()));
        ConfSources sources = conf.sources();
        ConfRead read = OneVertx.with(vertx -> new ConfReader(vertx, sources, Shipped.current()).read());
        Problems.show(screen, read.conf().isPresent() ? read.problems() : List.of());
        NodeConf node = read.orThrow();
        Ending ending = new Ending();
        Signals.onEnd(ending::ask);
        NodeConf run = selection.of(node);
        RunningNode running = start(node, sources, selection, ending);
        if (!ending.isAsked()) {
            selection
                    .told(running.kernel(), node)
                    .forEach(line -> screen.err().println(screen.noticed(Style.YELLOW, line)));
            tell(run, running);
        }
        ending.await();
        running.close();
        return ending.exitCode();
    }

    private RunningNode start(NodeConf node, ConfSources sources, Selection selection, Ending ending)
            throws InterruptedException {
        Set<String> wanted = wanted(selection.of(node));
        try (Progress progress = Progress.of(screen, "run", wanted.size())) {
            StartProgress watcher = new StartProgress(progress, wanted);
            return Waiting.on(RunningNode.start(node, sources, Shipped.current(), clustered, selection, kernel -> {
                watcher.follow(kernel);
                LostThreads.watch(kernel, node, ending);
                ending.comesUp(kernel);
            }));
        } finally {
            ending.isUp();
        }
    }

    private static String untrusted(NodeConf node) {
        return node.kernel().admission().untrusted() == Untrusted.REFUSE
                ? "Plugins for which nobody vouches are not started."
                : "Plugins for which nobody vouches run all the same, as 'untrusted: allow' in the section 'admission' says.";
    }

    /** What should run, not what is installed only. */
    private static Set<String> wanted(NodeConf node) {
        return node.desired().plugins().stream()
                .filter(WantedPlugin::enabled)
                .map(plugin -> plugin.id().value())
                .collect(Collectors.toSet());
    }

    private void tell(NodeConf node, RunningNode running) {
        running.failures().forEach(failure -> screen.err().println(screen.noticed(Style.YELLOW, failure)));
        if (node.kernel().sandboxed() && !JdkChecks.areOn()) {
            screen.err()
                    .println(screen.noticed(
                            Style.YELLOW, "The sandbox is weaker here: " + JdkChecks.whyNot() + " " + untrusted(node)));
        }
        long active = running.kernel().plugins().stream()
                .filter(plugin -> plugin.state().isActive())
                .count();
        screen.out()
                .println("Node '" + node.kernel().node() + "' runs: " + active + " of "
                        + wanted(node).size() + " plugins, data in " + node.data()
                        + running.gatewayPort()
                                .map(port -> ", gateway on port " + port)
                                .orElse("") + ".");
    }
}
