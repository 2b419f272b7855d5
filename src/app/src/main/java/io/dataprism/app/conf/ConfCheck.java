package io.dataprism.app.conf;

import io.dataprism.cluster.ClusterOptions;
import io.dataprism.gateway.GatewayOptions;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.Problem.Severity;
import io.dataprism.kernel.options.OptionProblem;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes a {@link NodeConf} of what was read, or says what is wrong with it. Blocks: it looks at artifacts. */
final class ConfCheck {
    private static final Comparator<Problem> ORDER =
            Comparator.comparing(Problem::file).thenComparingInt(Problem::line).thenComparingInt(Problem::column);

    private final ConfSources sources;
    private final Shipped shipped;

    ConfCheck(ConfSources sources, Shipped shipped) {
        this.sources = sources;
        this.shipped = shipped;
    }

    ConfRead check(ConfDocuments documents, JsonObject merged) {
        List<Problem> problems = new ArrayList<>(documents.problems());
        if (!problems.isEmpty()) {
            return new ConfRead(Optional.empty(), problems);
        }
        SecretReferences references = new SecretReferences(
                sources,
                (pointer, failure) -> problems.add(documents.problem(
                        Severity.ERROR, failure.code(), pointer, String.valueOf(failure.getMessage()))));
        JsonObject resolved = references.resolve("", merged);
        boolean complete = problems.isEmpty();
        JsonObject plugins = plugins(documents, resolved.getJsonObject("plugins", new JsonObject()), problems);
        Optional<JsonObject> gateway = Optional.ofNullable(resolved.getJsonObject("gateway"));
        JsonObject cluster = resolved.getJsonObject("cluster", new JsonObject());
        if (complete) {
            gateway.ifPresent(
                    section -> add(documents, GatewayOptions.fromJson(section).problems(), problems));
            add(documents, ClusterOptions.fromJson(cluster).problems(), problems);
        }
        problems.sort(ORDER);
        if (problems.stream().anyMatch(Problem::isError)) {
            return new ConfRead(Optional.empty(), problems);
        }
        NodeSection node = new NodeSection(resolved.getJsonObject("node", new JsonObject()));
        return new ConfRead(
                Optional.of(new NodeConf(
                        merged,
                        node.options(sources.folder()),
                        node.data(sources.folder()),
                        DesiredState.fromJson(plugins),
                        gateway,
                        cluster)),
                problems);
    }

    private JsonObject plugins(ConfDocuments documents, JsonObject plugins, List<Problem> problems) {
        JsonObject checked = new JsonObject();
        for (String id : plugins.fieldNames()) {
            JsonObject given = plugins.getJsonObject(id);
            PluginSection section = new PluginSection(
                    id, given == null ? new JsonObject() : given, documents, shipped, sources.folder());
            checked.put(id, section.check());
            problems.addAll(section.problems());
        }
        return checked;
    }

    private static void add(ConfDocuments documents, List<OptionProblem> found, List<Problem> problems) {
        found.forEach(option -> problems.add(documents.problem(
                Severity.ERROR,
                option.code(),
                ConfDocuments.pointer(option.path()),
                Secrets.mask("'" + option.path() + "' " + option.message()))));
    }
}
