package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.ManifestJson.At;
import io.dataprism.kernel.supervision.BackOff;
import io.dataprism.kernel.text.NearNames;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a manifest must hold to beyond its schema. */
final class ManifestRules {
    private static final List<String> TAKEN_PACKAGES =
            List.of("java", "javax", "jdk", "sun", "io.dataprism", "io.vertx");

    private final YamlDocument document;
    private final ManifestJson json;
    private final Problems problems;

    private ManifestRules(YamlDocument document, ManifestJson json, Problems problems) {
        this.document = document;
        this.json = json;
        this.problems = problems;
    }

    static void check(YamlDocument document, ManifestJson json, Problems problems) {
        ManifestRules rules = new ManifestRules(document, json, problems);
        rules.api();
        rules.capabilities();
        rules.idempotent();
        rules.dependencies();
        rules.exports();
        rules.permissions();
        rules.isolation();
        rules.activation();
        rules.supervision();
        rules.contracts();
        rules.schema("/configSchema", json.object("configSchema"));
    }

    /** Of the right form, and yet no pause: the schema can't compare two times. */
    private void supervision() {
        ManifestJson.text(json.object("supervision"), "pause")
                .filter(text -> text.contains("..") && BackOff.parse(text).isEmpty())
                .ifPresent(text -> error(
                        "DP-0666",
                        "/supervision/pause",
                        "'supervision.pause' is '" + PluginException.excerpt(text)
                                + "': expected the shorter time first, such as '200ms..30s'. Swap them."));
    }

    private void api() {
        json.text("api")
                .ifPresent(text -> range("/api", text).ifPresent(range -> {
                    if (!range.includes(ApiVersion.CURRENT)) {
                        error(
                                "DP-0217",
                                "/api",
                                "'api' is '" + range + "', but this kernel offers plugin API " + ApiVersion.CURRENT
                                        + ". Install a plugin made for it, or a kernel that offers what the plugin asks for.");
                    }
                }));
    }

    private Optional<VersionRange> range(String pointer, String text) {
        Optional<VersionRange> range = VersionRange.parse(text);
        if (range.isEmpty()) {
            error(
                    "DP-0216",
                    pointer,
                    "'" + Pointers.readable(pointer) + "' is '" + PluginException.excerpt(text)
                            + "': expected a version range as npm writes it, such as '^1.2.0' or '>=1.2 <3' or '*'.");
        }
        return range;
    }

    /** A capability of one's own that is nearly one of the category's is likely a slip. */
    private void capabilities() {
        json.category().map(CategoryCapabilities::of).ifPresent(fixed -> {
            for (At<String> at : ManifestJson.texts("/capabilities", ManifestJson.list(json.json(), "capabilities"))) {
                if (!fixed.contains(at.value())) {
                    NearNames.nearest(at.value(), fixed)
                            .ifPresent(near -> problems.warning(
                                    "DP-0220",
                                    document.place(at.pointer()),
                                    "Capability '" + at.value()
                                            + "' is taken for one of the plugin's own. Did you mean '" + near
                                            + "', which the category has already?"));
                }
            }
        });
    }

    private void idempotent() {
        ManifestJson.texts("/idempotent", ManifestJson.list(json.json(), "idempotent"))
                .forEach(at -> offered(at.pointer(), document.place(at.pointer()), at.value()));
    }

    private void dependencies() {
        Map<String, String> seen = new HashMap<>();
        for (At<JsonObject> at : json.objects("dependencies")) {
            Optional<String> plugin = ManifestJson.text(at.value(), "plugin");
            Optional<String> capability = ManifestJson.text(at.value(), "capability");
            String path = Pointers.readable(at.pointer());
            if (at.value().containsKey("plugin") == at.value().containsKey("capability")) {
                String found = at.value().containsKey("plugin")
                        ? "both 'plugin' and 'capability'"
                        : "neither 'plugin' nor 'capability'";
                error("DP-0225", at.pointer(), "'" + path + "' has " + found + ": expected one of them.");
            } else if (plugin.isPresent() && plugin.equals(json.text("id"))) {
                error(
                        "DP-0225",
                        at.pointer(),
                        "'" + path + "' names the plugin itself: expected another one. Remove it.");
            } else {
                String target =
                        plugin.map(id -> "plugin '" + id + "'").orElse("capability '" + capability.orElse("") + "'");
                String earlier = seen.putIfAbsent(target, path);
                if (earlier != null) {
                    error(
                            "DP-0225",
                            at.pointer(),
                            "'" + path + "' names the " + target + " again, after '" + earlier
                                    + "': expected once. Keep one, with the range that is meant.");
                }
            }
            ManifestJson.text(at.value(), "version")
                    .ifPresent(text -> range(Pointers.child(at.pointer(), "version"), text));
        }
    }

    private void exports() {
        for (At<String> at : ManifestJson.texts("/exports", ManifestJson.list(json.json(), "exports"))) {
            TAKEN_PACKAGES.stream()
                    .filter(taken -> at.value().equals(taken) || at.value().startsWith(taken + "."))
                    .findFirst()
                    .ifPresent(
                            taken -> error(
                                    "DP-0226",
                                    at.pointer(),
                                    "'" + Pointers.readable(at.pointer()) + "' is '" + at.value()
                                            + "', but packages under '" + taken
                                            + "' come from the node itself: expected a package of the plugin's own. Remove it, or move the classes."));
        }
    }

    private void permissions() {
        Set<String> seen = new HashSet<>();
        for (At<JsonObject> at : json.objects("permissions")) {
            String pointer = Pointers.child(at.pointer(), "permission");
            ManifestJson.text(at.value(), "permission").ifPresent(permission -> {
                KnownPermissions.problem(permission).ifPresent(problem -> error("DP-0219", pointer, problem));
                if (!seen.add(permission)) {
                    problems.warning(
                            "DP-0219",
                            document.place(pointer),
                            "Permission '" + PluginException.excerpt(permission)
                                    + "' is asked for again. Remove one of them.");
                }
            });
        }
    }

    /** Places among the node's own threads other than the carriers are for plugins that are trusted wholly, and say so. */
    private void isolation() {
        String wanted = json.text("isolation").orElse(Isolation.WORKER.label());
        if (wanted.equals(Isolation.WORKER.label())) {
            return;
        }
        if (wanted.equals(Isolation.PROCESS.label())) {
            exportsNothing();
            return;
        }
        boolean trusted = json.objects("permissions").stream()
                .anyMatch(at -> ManifestJson.text(at.value(), "permission")
                        .filter(Isolation.TRUST::equals)
                        .isPresent());
        if (!trusted) {
            error(
                    "DP-0221",
                    "/isolation",
                    "'isolation' is '" + wanted + "', which is for trusted plugins: expected the permission '"
                            + Isolation.TRUST + "' under 'permissions'. Ask for it there, or leave isolation out.");
        }
        if (Boolean.TRUE.equals(json.json().getValue("blocking"))) {
            error(
                    "DP-0221",
                    "/blocking",
                    "'blocking' is true, but 'isolation' is '" + wanted
                            + "': expected worker, whose threads may wait. Remove one of them.");
        }
    }

    private void exportsNothing() {
        if (!ManifestJson.list(json.json(), "exports").isEmpty()) {
            error(
                    "DP-0221",
                    "/isolation",
                    "'isolation' is '" + Isolation.PROCESS.label() + "', but 'exports' names packages: classes can't be"
                            + " shared with a process of its own. Leave one of them out.");
        }
    }

    private void activation() {
        List<At<String>> named = ManifestJson.texts(
                "/activation/onCapability", ManifestJson.list(json.object("activation"), "onCapability"));
        named.forEach(at -> offered(at.pointer(), document.place(at.pointer()), at.value()));
    }

    private void contracts() {
        JsonObject contracts = json.object("contracts");
        JsonObject capabilities = ManifestJson.object(contracts, "capabilities");
        for (String name : capabilities.fieldNames()) {
            String pointer = Pointers.child("/contracts/capabilities", name);
            offered(pointer, document.keyPlace("/contracts/capabilities", name), name);
            JsonObject contract = ManifestJson.object(capabilities, name);
            schema(Pointers.child(pointer, "request"), ManifestJson.object(contract, "request"));
            schema(Pointers.child(pointer, "response"), ManifestJson.object(contract, "response"));
            schema(Pointers.child(pointer, "item"), ManifestJson.object(contract, "item"));
        }
        schemas(contracts, "events");
        schemas(contracts, "channels");
    }

    private void schemas(JsonObject contracts, String key) {
        JsonObject given = ManifestJson.object(contracts, key);
        for (String name : given.fieldNames()) {
            schema(Pointers.child("/contracts/" + key, name), ManifestJson.object(given, name));
        }
    }

    private void offered(String pointer, Place place, String capability) {
        Set<String> offered = json.capabilities();
        if (!offered.contains(capability)) {
            String found = "'" + Pointers.readable(pointer) + "' names the capability '"
                    + PluginException.excerpt(capability) + "', which this plugin doesn't offer";
            problems.error(
                    "DP-0220",
                    place,
                    NearNames.nearest(capability, offered)
                            .map(near -> found + ". Did you mean '" + near + "'?")
                            .orElse(
                                    found
                                            + ": expected one of its category's or of those under 'capabilities'. Add it there."));
        }
    }

    private void schema(String pointer, JsonObject schema) {
        for (SchemaDefects.Defect defect : SchemaDefects.of(pointer, schema)) {
            error("DP-0222", defect.pointer(), "'" + Pointers.readable(defect.pointer()) + "' " + defect.text());
        }
    }

    private void error(String code, String pointer, String message) {
        problems.error(code, document.place(pointer), message);
    }
}
