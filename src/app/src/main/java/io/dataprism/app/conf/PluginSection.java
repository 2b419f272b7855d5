package io.dataprism.app.conf;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.ArtifactReader;
import io.dataprism.kernel.manifest.ConfigCheck;
import io.dataprism.kernel.manifest.ManifestException;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.Problem.Severity;
import io.dataprism.kernel.manifest.Sha256;
import io.dataprism.kernel.manifest.VersionRange;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionRule;
import io.dataprism.kernel.permission.RequestedGrants;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.text.IoCause;
import io.dataprism.kernel.text.NearNames;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One plugin's section, held against what its artifact's manifest says, where the artifact is on this machine. Nothing is downloaded
 * or run.
 */
final class PluginSection {
    private static final String SHIPPED = "shipped:";

    private final String id;
    private final JsonObject section;
    /** What of it is known here. */
    private final JsonObject known;

    private final String pointer;
    private final ConfDocuments documents;
    private final Shipped shipped;
    private final Path folder;
    private final Unknown unknown;
    private final boolean devMode;
    private final List<Problem> problems = new ArrayList<>();
    private boolean comesWithTheProgram;

    /**
     * @param section with its references resolved
     * @param unknown the places of those that could not be, which are left unchecked
     * @param devMode whether the node takes folders
     */
    PluginSection(
            String id,
            JsonObject section,
            ConfDocuments documents,
            Shipped shipped,
            Path folder,
            Unknown unknown,
            boolean devMode) {
        this.id = id;
        this.section = section;
        this.pointer = "/plugins/" + id;
        this.known = unknown.leftOut(pointer, section);
        this.documents = documents;
        this.shipped = shipped;
        this.folder = folder;
        this.unknown = unknown;
        this.devMode = devMode;
    }

    /** The section with its source as the kernel takes it. Call {@link #problems} afterwards. */
    JsonObject check() {
        JsonObject result = known.copy();
        String range = known.getString("version", "*");
        refusing("/version", () -> VersionRange.of(range));
        grants().forEach(this::grant);
        trusted();
        if (!section.containsKey("source") && known.getBoolean("enabled", true)) {
            noSource();
        }
        Optional.ofNullable(known.getString("source")).flatMap(this::source).ifPresent(source -> {
            if (source instanceof ArtifactSource.OnDisk disk) {
                result.put("source", disk.path().toString());
                comesWithTheProgram = disk.shipped();
                bytes(disk.path());
                manifest(disk.path()).ifPresent(this::against);
            }
        });
        return result;
    }

    /** It may be installed on the node, which is not known here. */
    private void noSource() {
        String advice = NearNames.nearest(id, shipped.jars().keySet())
                .map(near -> "Did you mean 'source: " + SHIPPED + near + "'?")
                .orElse(
                        "Install it on the node, or add its source: a jar's path, a URL or maven:group:artifact:version.");
        problems.add(documents.problem(
                Severity.WARNING,
                "DP-0919",
                pointer,
                "Plugin '" + id + "' has no source, so it runs only where it is installed already. " + advice));
    }

    /** Whether its source is a jar of this distribution, so that its bytes are believed; known once it was checked. */
    boolean isShipped() {
        return comesWithTheProgram;
    }

    List<Problem> problems() {
        return problems;
    }

    private List<String> grants() {
        return known.getJsonArray("grants", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
    }

    private void grant(String permission) {
        refusing("/grants/" + grants().indexOf(permission), () -> PermissionRule.parse(permission));
    }

    /** Also of a plugin that is not at hand: what such a grant means does not depend on it. */
    private void trusted() {
        if (problems.stream().noneMatch(Problem::isError) && !unknown.holds(pointer + "/grants")) {
            new RequestedGrants(
                            id,
                            List.of(),
                            grants().stream().map(PermissionRule::parse).toList())
                    .trust()
                    .forEach((at, message) -> tell(Severity.NOTE, "DP-0927", pointer + "/grants/" + at, message));
        }
    }

    private Optional<ArtifactSource> source(String text) {
        if (text.startsWith(SHIPPED)) {
            return shipped(text.substring(SHIPPED.length()));
        }
        try {
            ArtifactSource source = ArtifactSource.parse(text);
            return source instanceof ArtifactSource.OnDisk disk
                    ? onDisk(folder.resolve(disk.path()).normalize())
                    : Optional.of(source);
        } catch (PluginException e) {
            error(e.code(), "/source", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<ArtifactSource> shipped(String name) {
        Optional<ArtifactSource> found = shipped.jar(name).map(ArtifactSource::shipped);
        if (found.isEmpty()) {
            String advice = NearNames.nearest(name, shipped.jars().keySet())
                    .map(near -> " Did you mean '" + near + "'?")
                    .orElse(" There is "
                            + String.join(
                                    ", ",
                                    shipped.jars().keySet().stream().sorted().toList()) + ".");
            error(
                    "DP-0912",
                    "/source",
                    "No plugin '" + PluginException.excerpt(name) + "' comes with DataPrism." + advice);
        }
        return found;
    }

    private Optional<ArtifactSource> onDisk(Path path) {
        if (Files.exists(path)) {
            return Optional.of(ArtifactSource.path(path));
        }
        error(
                "DP-0913",
                "/source",
                "There is no artifact at " + path
                        + ": expected a jar. Build it, or correct the path, which is relative to " + folder + ".");
        return Optional.empty();
    }

    /** The node would refuse it, too. */
    private void bytes(Path artifact) {
        if (Files.isDirectory(artifact)) {
            if (!devMode) {
                error(
                        "DP-0229",
                        "/source",
                        artifact + " is a folder, which a node takes in dev mode only: expected a jar. Name the jar,"
                                + " or set 'node.dev-mode: true'.");
            }
            return;
        }
        String expected = known.getString("sha256");
        if (expected == null) {
            return;
        }
        try {
            String found = Sha256.of(artifact);
            if (!found.equalsIgnoreCase(expected)) {
                error(
                        "DP-0209",
                        "/sha256",
                        "The artifact's SHA-256 is " + found + ": expected " + expected
                                + ". Don't use it unless you know why it differs.");
            }
        } catch (IOException e) {
            error("DP-0203", "/source", "The artifact cannot be read (" + IoCause.of(e) + "). Let this user read it.");
        }
    }

    private Optional<PluginManifest> manifest(Path artifact) {
        try {
            return Optional.of(ArtifactReader.read(artifact).manifest());
        } catch (ManifestException e) {
            problems.addAll(e.problems().stream().filter(Problem::isError).toList());
            return Optional.empty();
        }
    }

    private void against(PluginManifest manifest) {
        if (!manifest.id().value().equals(id)) {
            error(
                    "DP-0914",
                    "/source",
                    "The artifact holds plugin '" + manifest.id() + "': expected '" + id
                            + "'. Name the section after the plugin, or correct the source.");
            return;
        }
        VersionRange.parse(known.getString("version", "*"))
                .filter(range -> !range.includes(manifest.version()))
                .ifPresent(range -> error(
                        "DP-0917",
                        "/version",
                        "The artifact holds version " + manifest.version() + ": expected one of " + range
                                + ". Widen the range, or name another artifact."));
        ConfigCheck.check(manifest, known.getJsonObject("config", new JsonObject()), "plugins." + id + ".config")
                .problems()
                .stream()
                .filter(problem -> !unknown.isMeant(problem.message(), pointer + "/config"))
                .forEach(problem -> error(problem.code(), "/config", problem.message()));
        requested(manifest);
    }

    private void requested(PluginManifest manifest) {
        if (problems.stream().noneMatch(Problem::isError) && !unknown.holds(pointer + "/grants")) {
            RequestedGrants given = new RequestedGrants(
                    id,
                    manifest.permissions().stream()
                            .map(request -> Permission.parse(request.permission()))
                            .toList(),
                    grants().stream().map(PermissionRule::parse).toList());
            given.idle()
                    .forEach((at, message) -> tell(Severity.WARNING, "DP-0916", pointer + "/grants/" + at, message));
            given.missing().ifPresent(message -> tell(Severity.NOTE, "DP-0920", pointer, message));
        }
    }

    private void tell(Severity severity, String code, String at, String message) {
        problems.add(documents.problem(severity, code, at, message));
    }

    private void refusing(String at, Runnable parse) {
        if (unknown.holds(pointer + at)) {
            return;
        }
        try {
            parse.run();
        } catch (PluginException e) {
            error(e.code(), at, String.valueOf(e.getMessage()));
        }
    }

    private void error(String code, String at, String message) {
        problems.add(documents.problem(Severity.ERROR, code, pointer + at, Secrets.mask(message)));
    }
}
