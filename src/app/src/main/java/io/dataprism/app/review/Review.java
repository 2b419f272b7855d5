package io.dataprism.app.review;

import io.dataprism.kernel.admission.Advisories;
import io.dataprism.kernel.admission.Bom;
import io.dataprism.kernel.admission.JarSignatures;
import io.dataprism.kernel.admission.Signatures;
import io.dataprism.kernel.admission.Vulnerability;
import io.dataprism.kernel.manifest.PluginArtifact;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.Problem.Severity;
import io.dataprism.sandbox.scan.ArtifactScan;
import io.dataprism.sandbox.scan.Finding;
import io.dataprism.sandbox.scan.ScanReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an artifact's manifest asks for, beside what was found in its classes.
 *
 * @param file as the user named it
 * @param signatures who signed it
 * @param bom what it says that it holds
 * @param vulnerabilities what is known of that
 */
public record Review(
        String file,
        String sha256,
        PluginManifest manifest,
        ScanReport scan,
        Signatures signatures,
        Bom bom,
        List<Vulnerability> vulnerabilities) {
    /** Scan {@code artifact}, knowing nothing of weaknesses. Blocks. */
    public static Review of(Path named, PluginArtifact artifact) throws IOException {
        return of(named, artifact, Advisories.NONE);
    }

    /** Scan {@code artifact}. Blocks. */
    public static Review of(Path named, PluginArtifact artifact, Advisories advisories) throws IOException {
        ScanReport scan =
                ArtifactScan.scan(artifact.file(), artifact.libraries(), artifact.nativeLibraries()::contains);
        Bom bom = Bom.of(artifact.file());
        return new Review(
                named.toString(),
                artifact.sha256(),
                artifact.manifest(),
                scan,
                JarSignatures.of(artifact.file()),
                bom,
                advisories.of(bom.components()));
    }

    /** What was found, a line for each permission; what no permission gives comes last. */
    public List<ReviewLine> lines() {
        return ReviewLines.of(manifest.permissions(), scan);
    }

    /** Whether it is refused wherever it is to be installed. */
    public boolean refused() {
        return scan.refused() || !signatures.broken().isEmpty();
    }

    /** Whether something was found that is not asked for, or that no permission gives. */
    public boolean exceedsItsRequests() {
        return lines().stream().anyMatch(line -> !line.asked());
    }

    /** What speaks against the artifact, and what was found that is not asked for. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        scan.objections()
                .forEach(objection -> problems.add(new Problem(
                        objection.refuses() ? Severity.ERROR : Severity.WARNING,
                        objection.code(),
                        objection.file().isEmpty() ? file : file + "!/" + objection.file(),
                        0,
                        0,
                        objection.message())));
        signatures
                .broken()
                .forEach(broken -> problems.add(new Problem(
                        Severity.ERROR,
                        "DP-0935",
                        file,
                        0,
                        0,
                        "Its signature is broken: " + broken + ". Sign it again.")));
        bom.problems()
                .forEach(problem -> problems.add(new Problem(
                        Severity.WARNING,
                        "DP-0942",
                        file,
                        0,
                        0,
                        "Its bill of materials is not whole: " + problem + ".")));
        bom.unnamed()
                .forEach(library -> problems.add(new Problem(
                        Severity.WARNING,
                        "DP-0961",
                        file,
                        0,
                        0,
                        "It carries " + library + ", which its bill of materials does not name. Make the bill anew.")));
        vulnerabilities.forEach(known -> problems.add(new Problem(
                Severity.WARNING,
                "DP-0941",
                file,
                0,
                0,
                "It says that it holds a library with a known weakness: " + known + ".")));
        lines().stream().filter(line -> !line.asked()).map(this::problem).forEach(problems::add);
        return problems;
    }

    private Problem problem(ReviewLine line) {
        String found = places(line) + ", first in " + line.first();
        String message = line.permission().isEmpty()
                ? "Its code reaches for what no permission gives ("
                        + line.findings().get(0).uses() + "; " + found + "). Do without it."
                : "Its code takes '" + line.permission() + "' (" + found + "), and the manifest "
                        + (line.requests().isEmpty()
                                ? "does not ask for it"
                                : "does not ask for all of it: " + String.join(", ", uncovered(line)))
                        + ". Ask for it under 'permissions' with a reason, or do without it.";
        return new Problem(Severity.WARNING, line.permission().isEmpty() ? "DP-0278" : "DP-0277", file, 0, 0, message);
    }

    private static List<String> uncovered(ReviewLine line) {
        return line.findings().stream()
                .filter(finding -> line.requests().stream()
                        .noneMatch(request -> ReviewLines.covers(request.permission(), finding)))
                .map(Finding::wanted)
                .distinct()
                .limit(3)
                .toList();
    }

    static String places(ReviewLine line) {
        return line.count() + (line.count() == 1 ? " place" : " places");
    }
}
