package io.dataprism.app.command;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.dataprism.app.input.Problems;
import io.dataprism.app.review.Review;
import io.dataprism.app.review.ReviewForm;
import io.dataprism.app.review.ReviewJson;
import io.dataprism.kernel.admission.Advisories;
import io.dataprism.kernel.admission.Boms;
import io.dataprism.kernel.manifest.ArtifactReader;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.kernel.permission.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataprism plugins check}. */
@Command(
        name = "check",
        description =
                "Check a plugin without running anything of it: its manifest, its libraries, and what its classes reach for.",
        footer = {"", "Ends with 3 where something is wrong; --strict is for a build."})
final class PluginsCheck extends ScreenCommand {
    @Parameters(paramLabel = "JAR|FOLDER", description = "The plugin's jar, or its folder under development.")
    private Path artifact;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Option(
            names = "--report",
            arity = "2",
            paramLabel = "FORM FILE",
            description = "Write what was found: json, sarif or html, then the file. May be given several times.")
    private final List<String> reports = new ArrayList<>();

    @Option(
            names = "--advisories",
            paramLabel = "PATH",
            description =
                    "Look up in OSV records what it says that it holds: a file, a folder, or the zip that osv.dev exports.")
    private Optional<Path> advisories = Optional.empty();

    @Option(
            names = "--strict",
            description =
                    "End with 3 also where the code takes what the manifest does not ask for, and where a library has a known weakness.")
    private boolean strict;

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
        for (int i = 0; i < reports.size(); i += 2) {
            ReviewForm.named(reports.get(i));
        }
        List<Problem> problems = showing("check", () -> ArtifactReader.check(artifact));
        if (problems.stream().anyMatch(Problem::isError)) {
            return Verdict.show(screen, json, problems, () -> "");
        }
        Review review = showing("scan", this::review);
        for (int i = 0; i < reports.size(); i += 2) {
            ReviewForm.named(reports.get(i)).write(review, Product.version(), Path.of(reports.get(i + 1)));
        }
        return show(problems, review);
    }

    private Review review() {
        try {
            return Review.of(
                    artifact,
                    ArtifactReader.read(artifact),
                    advisories.map(Advisories::read).orElse(Advisories.NONE));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "DP-0203",
                    "The artifact " + artifact + " can't be read: " + e + ". Check that this user may read it.",
                    e);
        }
    }

    private int show(List<Problem> ofManifest, Review review) {
        List<Problem> problems = new ArrayList<>(ofManifest);
        problems.addAll(review.problems());
        boolean ok = !review.refused()
                && !(strict
                        && (review.exceedsItsRequests()
                                || !review.vulnerabilities().isEmpty()));
        if (json.wanted()) {
            screen.out()
                    .println(ReviewJson.of(review)
                            .put("ok", ok)
                            .put("problems", Problems.toJson(problems))
                            .encodePrettily());
            return ok ? ExitCode.OK : ExitCode.BAD_INPUT;
        }
        Problems.show(screen, problems);
        screen.out()
                .println((ok ? screen.styled(Style.GREEN, "ok") : screen.styled(Style.RED, "refused")) + "  "
                        + described(review.manifest()));
        review.signatures()
                .signers()
                .forEach(signer -> screen.out()
                        .println("    signed  by " + signer.subject() + " (signer:" + signer.fingerprint() + ")"));
        BomView.rows(Boms.toJson(review.bom(), review.vulnerabilities()))
                .forEach(row -> screen.out().println("    holds   " + PlainText.of(row)));
        FoundTable.print(screen, review);
        return ok ? ExitCode.OK : ExitCode.BAD_INPUT;
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
