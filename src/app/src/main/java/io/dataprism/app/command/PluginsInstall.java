package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.kernel.admission.Refusal;
import io.dataprism.kernel.registry.ArtifactSource;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins install}. */
@Command(
        name = "install",
        description = "Fetch a plugin, check it, show what it asks for and what it reaches for, and keep it.",
        footer = {
            "",
            "Asks before it is kept, on a terminal. Nothing of it is run until it is started, and nothing granted.",
            "Works on a running node, and on the data folder of one that does not run."
        })
final class PluginsInstall extends ScreenCommand {
    private static final String ASKS = "DP-0937";

    @Parameters(paramLabel = "SOURCE", description = "A path, an http(s) address, or maven:GROUP:ARTIFACT:VERSION.")
    private String source;

    @Option(names = "--sha256", paramLabel = "HEX", description = "The SHA-256 that the artifact must have.")
    private Optional<String> sha256 = Optional.empty();

    @Option(
            names = {"-y", "--yes"},
            description = "Don't ask: what is shown is what is wanted, whoever signed it.")
    private boolean yes;

    @Mixin
    private final NodeOption node = new NodeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    PluginsInstall(Screen screen) {
        super(screen);
    }

    @Mixin
    private final ConfOption conf = new ConfOption();

    @Override
    public Integer call() throws InterruptedException {
        ArtifactSource artifact = absolute(
                sha256.map(hash -> ArtifactSource.parse(source, hash)).orElseGet(() -> ArtifactSource.parse(source)));
        Installing installing = node.isRunning()
                ? new Installing.OnNode(node)
                : new Installing.OnDisk(node.folder(), conf.policyFor(node.folder()));
        JsonObject review = showing("check", () -> installing.review(artifact));
        if (!json.wanted()) {
            new InstallView(screen, review).print();
        }
        if (!agreed(review)) {
            screen.err().println("Not installed.");
            return ExitCode.FAILED;
        }
        JsonObject plugin = showing("install", () -> installing.install(pinned(artifact, review)));
        screen.out()
                .println(
                        json.wanted()
                                ? plugin.put("review", review).encodePrettily()
                                : "Installed " + plugin.getString("id") + " " + plugin.getString("version") + " in "
                                        + node.folder() + ". Start it with: ./dataprism plugins start "
                                        + plugin.getString("id"));
        return ExitCode.OK;
    }

    /** Whoever is asked agrees to these very bytes; where nobody can be, what the policy says counts. */
    private boolean agreed(JsonObject review) {
        List<Refusal> refusals = InstallView.refusals(review);
        boolean asks = refusals.stream().anyMatch(refusal -> refusal.code().equals(ASKS));
        List<Refusal> others = refusals.stream()
                .filter(refusal -> !refusal.code().equals(ASKS))
                .toList();
        if (!others.isEmpty()) {
            throw refused(review, others);
        }
        if (yes) {
            return true;
        }
        if (screen.canAsk()) {
            return screen.ask("Install it? Nothing is granted by that.");
        }
        if (asks) {
            throw refused(review, refusals);
        }
        return true;
    }

    private static CommandFailure refused(JsonObject review, List<Refusal> refusals) {
        return new CommandFailure(
                ExitCode.BAD_INPUT,
                refusals.get(0).code(),
                "Plugin '" + review.getString("id") + "' " + review.getString("version") + " is not admitted: "
                        + refusals.stream().map(Refusal::message).collect(Collectors.joining(" ")));
    }

    /** What is installed is what was shown. */
    private static ArtifactSource pinned(ArtifactSource source, JsonObject review) {
        String hash = review.getString("sha256");
        return source instanceof ArtifactSource.OnDisk disk
                ? Files.isDirectory(disk.path()) ? disk : new ArtifactSource.OnDisk(disk.path(), Optional.of(hash))
                : ArtifactSource.parse(source.toString(), hash);
    }

    /** A path means the same to the node, which may have another working folder. */
    private static ArtifactSource absolute(ArtifactSource source) {
        return source instanceof ArtifactSource.OnDisk disk
                ? new ArtifactSource.OnDisk(disk.path().toAbsolutePath().normalize(), disk.sha256())
                : source;
    }
}
