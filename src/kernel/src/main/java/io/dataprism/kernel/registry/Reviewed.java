package io.dataprism.kernel.registry;

import io.dataprism.kernel.admission.Boms;
import io.dataprism.kernel.admission.Judged;
import io.dataprism.kernel.admission.Refusal;
import io.dataprism.kernel.admission.ScanJson;
import io.dataprism.kernel.manifest.PluginArtifact;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.sandbox.scan.ScanReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * An artifact as whoever is to decide about it should see it, before anything of it is kept.
 *
 * @param source where it comes from, as it was written
 * @param artifact read and found in order; its file is gone
 * @param judged what the policy says of it
 * @param scan what was found in its classes
 * @param before the newest version that is installed; empty where none is
 */
public record Reviewed(
        String source, PluginArtifact artifact, Judged judged, ScanReport scan, Optional<PluginManifest> before) {

    /** What it is, who signed it, what it asks for, what it reaches for, and what speaks against it. */
    public JsonObject toJson() {
        PluginManifest manifest = artifact.manifest();
        JsonArray asks = new JsonArray();
        manifest.permissions()
                .forEach(request -> asks.add(new JsonObject()
                        .put("permission", request.permission())
                        .put("reason", request.reason())
                        .put("required", request.required())
                        .put("new", isNew(request))));
        JsonArray signers = new JsonArray();
        judged.signatures().signers().forEach(signer -> signers.add(signer.toJson()));
        return new JsonObject()
                .put("id", manifest.id().value())
                .put("version", manifest.version().toString())
                .put("category", manifest.category().label())
                .put("description", manifest.description())
                .put("source", source)
                .put("sha256", artifact.sha256())
                .put("signers", signers)
                .put("trusted", judged.trusted())
                .put("admitted", judged.refusals().isEmpty())
                .put("refusals", json(judged.refusals()))
                .put("remarks", json(judged.remarks()))
                .put(
                        "before",
                        before.map(installed -> installed.version().toString()).orElse(""))
                .put("asks", asks)
                .put("bom", Boms.toJson(judged.bom(), judged.vulnerabilities()))
                .put("scan", ScanJson.brief(scan));
    }

    /** Whether nothing that is installed asks for it already. */
    private boolean isNew(RequestedPermission request) {
        Permission wanted = Permission.parse(request.permission());
        return before.stream()
                .flatMap(installed -> installed.permissions().stream())
                .noneMatch(asked -> Permission.parse(asked.permission()).covers(wanted));
    }

    private static JsonArray json(List<Refusal> refusals) {
        JsonArray all = new JsonArray();
        refusals.forEach(refusal -> all.add(refusal.toJson()));
        return all;
    }
}
