package io.dataprism.app.conf;

import io.dataprism.api.PluginId;
import io.dataprism.cluster.ClusterOptions;
import io.dataprism.gateway.GatewayOptions;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.Problem.Severity;
import io.dataprism.kernel.options.OptionProblem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link NodeConf} of what was read, or says what is wrong with it. Blocks: it looks at artifacts. */
final class ConfCheck {
    private static final Comparator<Problem> ORDER =
            Comparator.comparing(Problem::file).thenComparingInt(Problem::line).thenComparingInt(Problem::column);

    /** Of a newer version nothing further can be said. */
    private static final String NEWER = "DP-0910";

    private final ConfSources sources;
    private final Shipped shipped;
    private final Severity unresolved;

    private ConfCheck(ConfSources sources, Shipped shipped, Severity unresolved) {
        this.sources = sources;
        this.shipped = shipped;
        this.unresolved = unresolved;
    }

    /** For a node: what a reference stands for has to be there. */
    static ConfCheck onTheNode(ConfSources sources, Shipped shipped) {
        return new ConfCheck(sources, shipped, Severity.ERROR);
    }

    /** For a check elsewhere, where the node's secrets are not: a value whose reference leads to nothing is left unchecked. */
    static ConfCheck elsewhere(ConfSources sources, Shipped shipped) {
        return new ConfCheck(sources, shipped, Severity.WARNING);
    }

    /** @param merged all documents as one; where something is wrong with one, its sound parts are checked all the same */
    ConfRead check(ConfDocuments documents, JsonObject merged) {
        List<Problem> problems = new ArrayList<>(documents.problems());
        problems.addAll(documents.notices());
        if (!documents.isWhole()
                || problems.stream().anyMatch(problem -> problem.code().equals(NEWER))) {
            return new ConfRead(Optional.empty(), problems);
        }
        JsonObject sound = documents.problems().isEmpty() ? merged : soundParts(merged);
        Unknown unknown = new Unknown();
        SecretReferences references = new SecretReferences(sources, (pointer, failure) -> {
            unknown.add(pointer);
            problems.add(documents.problem(unresolved, failure.code(), pointer, String.valueOf(failure.getMessage())));
        });
        JsonObject resolved = references.resolve("", sound);
        // What stands for an object or a yes, and is not known, is still a text
        JsonObject known = unknown.leftOut("", resolved);
        Set<PluginId> comeWithTheProgram = new HashSet<>();
        // Where the section is not sound, nobody knows which is meant
        boolean devMode = !documents.problems().isEmpty()
                || known.getJsonObject("node", new JsonObject()).getBoolean("dev-mode", false);
        JsonObject plugins = plugins(
                documents,
                known.containsKey("plugins") ? resolved.getJsonObject("plugins") : new JsonObject(),
                comeWithTheProgram,
                unknown,
                devMode,
                problems);
        Optional<JsonObject> gateway =
                known.containsKey("gateway") ? Optional.of(resolved.getJsonObject("gateway")) : Optional.empty();
        JsonObject cluster = known.containsKey("cluster") ? resolved.getJsonObject("cluster") : new JsonObject();
        gateway.ifPresent(
                section -> add(documents, GatewayOptions.fromJson(section).problems(), unknown, problems));
        add(documents, ClusterOptions.fromJson(cluster).problems(), unknown, problems);
        AdmissionOptions admission = new AdmissionSection(
                        known.getJsonObject("admission", new JsonObject()), sources.folder(), documents, problems)
                .options();
        problems.sort(ORDER);
        if (problems.stream().anyMatch(Problem::isError)) {
            return new ConfRead(Optional.empty(), problems);
        }
        gateway.ifPresent(ConfCheck::hideTokens);
        NodeSection node = new NodeSection(known.getJsonObject("node", new JsonObject()));
        return new ConfRead(
                Optional.of(new NodeConf(
                        merged,
                        node.options(sources.folder())
                                .withAudit(new NodeSection(known.getJsonObject("audit", new JsonObject()))
                                        .audit(sources.folder()))
                                .withAdmission(admission),
                        node.data(sources.folder()),
                        DesiredState.fromJson(plugins).withShipped(comeWithTheProgram),
                        gateway,
                        cluster,
                        documents.fingerprint())),
                problems);
    }

    /** One that stands in the file itself is no less a secret than one that a reference leads to. */
    private static void hideTokens(JsonObject gateway) {
        if (gateway.getValue("tokens") instanceof JsonArray tokens) {
            tokens.stream()
                    .filter(JsonObject.class::isInstance)
                    .map(entry -> ((JsonObject) entry).getValue("token"))
                    .filter(token ->
                            token instanceof String text && !text.startsWith("sha256:") && !text.contains("${"))
                    .forEach(token -> Secrets.addPlain((String) token));
        }
    }

    private static JsonObject soundParts(JsonObject merged) {
        JsonObject sound = new JsonObject();
        for (String section : List.of("gateway", "cluster")) {
            if (merged.containsKey(section) && ConfDocuments.isSound(section, merged.getValue(section))) {
                sound.put(section, merged.getValue(section));
            }
        }
        if (merged.getValue("plugins") instanceof JsonObject plugins) {
            JsonObject kept = new JsonObject();
            plugins.forEach(plugin -> kept.put(plugin.getKey(), soundPart(plugin.getKey(), plugin.getValue())));
            sound.put("plugins", kept);
        }
        return sound;
    }

    /** Of a plugin's section those of its keys with which nothing is wrong. */
    private static JsonObject soundPart(String id, @Nullable Object section) {
        JsonObject sound = new JsonObject();
        if (section instanceof JsonObject given) {
            given.stream()
                    .filter(entry -> ConfDocuments.isSound(
                            "plugins",
                            new JsonObject().put(id, new JsonObject().put(entry.getKey(), entry.getValue()))))
                    .forEach(entry -> sound.put(entry.getKey(), entry.getValue()));
        }
        return sound;
    }

    private JsonObject plugins(
            ConfDocuments documents,
            JsonObject plugins,
            Set<PluginId> comeWithTheProgram,
            Unknown unknown,
            boolean devMode,
            List<Problem> problems) {
        boolean sound = documents.problems().isEmpty();
        JsonObject checked = new JsonObject();
        for (String id : plugins.fieldNames()) {
            JsonObject given = plugins.getValue(id) instanceof JsonObject object ? object : null;
            PluginSection section = new PluginSection(
                    id,
                    given == null ? new JsonObject() : given,
                    documents,
                    shipped,
                    sources.folder(),
                    unknown,
                    devMode);
            checked.put(id, section.check());
            if (section.isShipped()) {
                comeWithTheProgram.add(new PluginId(id));
            }
            section.problems().stream()
                    .filter(problem -> sound || problem.isError())
                    .forEach(problems::add);
        }
        return checked;
    }

    private static void add(
            ConfDocuments documents, List<OptionProblem> found, Unknown unknown, List<Problem> problems) {
        found.stream()
                .filter(option -> !unknown.holds(ConfDocuments.pointer(option.path())))
                .forEach(option -> problems.add(documents.problem(
                        Severity.ERROR,
                        option.code(),
                        ConfDocuments.pointer(option.path()),
                        Secrets.mask("'" + option.path() + "' " + option.message()))));
    }
}
