package io.dataprism.app.pipeline;

import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.YamlDocument;
import io.dataprism.kernel.text.NearNames;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pipeline's schema cannot say: that plugins, capabilities and references lead somewhere, and names come once. */
final class PipelineCheck {
    private static final Set<String> ROOTS = Set.of("steps", "settings", "each", "pipeline");

    private static final Set<String> PIPELINE = Set.of("folder", "name");
    private static final String EXPECTED =
            "' is no reference: expected ${steps.<name>}, ${settings.<name>}, ${each.<name>} or ${pipeline.folder}.";

    private final YamlDocument document;
    private final Catalogue catalogue;
    private final JsonObject settings;
    private final List<Problem> problems = new ArrayList<>();
    /** The names of the steps above the one that is being looked at. */
    private final Set<String> above = new LinkedHashSet<>();

    PipelineCheck(YamlDocument document, Catalogue catalogue, JsonObject settings) {
        this.document = document;
        this.catalogue = catalogue;
        this.settings = settings;
    }

    List<Problem> problems() {
        settings.forEach(entry -> setting("/settings/" + escaped(entry.getKey()), entry.getValue()));
        JsonArray steps = document.json().getJsonArray("steps");
        for (int i = 0; i < steps.size(); i++) {
            check("/steps/" + i, steps.getJsonObject(i));
        }
        return problems;
    }

    private void check(String at, JsonObject step) {
        target(at, step.getString("plugin"), step.getString("call"));
        Set<String> each = step.getJsonObject("each", new JsonObject()).fieldNames();
        references(at + "/with", step.getValue("with"), each);
        if (step.getValue("save") instanceof String save) {
            references(at + "/save", save, each);
            if (!OutputFolder.isWithin(save)) {
                error(
                        "DP-1407",
                        at + "/save",
                        "File '" + save + "' would lie outside the output folder: expected a path within it.");
            }
        }
        for (String name : names(step)) {
            if (!above.add(name)) {
                error(
                        "DP-1406",
                        at + "/name",
                        "Step '" + name + "' is there twice: expected each name once. Rename one.");
            }
        }
    }

    /** A setting may refer to the pipeline itself, and to nothing that a run brings. */
    private void setting(String at, @Nullable Object value) {
        if (value instanceof String text) {
            for (Reference.Part part : Reference.parse(text)) {
                if (part instanceof Reference.Found found
                        && !found.reference().root().equals("pipeline")) {
                    error(
                            "DP-1405",
                            at,
                            "'" + found.reference().text() + "' can't stand in a setting: expected a value, or"
                                    + " ${pipeline.folder}. Refer to it in a step.");
                } else {
                    reference(at, part, Set.of());
                }
            }
        }
    }

    private static List<String> names(JsonObject step) {
        String name = step.getString("name");
        if (!(step.getValue("each") instanceof JsonObject each)) {
            return List.of(name);
        }
        return each.getJsonArray(each.fieldNames().iterator().next()).stream()
                .map(value -> name + "-" + value)
                .toList();
    }

    private void target(String at, String plugin, String call) {
        Set<String> capabilities = catalogue.plugins().get(plugin);
        if (capabilities == null) {
            error(
                    "DP-1402",
                    at + "/plugin",
                    "Plugin not found: " + plugin + "."
                            + suggestion(plugin, catalogue.plugins().keySet()));
        } else if (!capabilities.contains(call)) {
            error(
                    "DP-1403",
                    at + "/call",
                    "Plugin '" + plugin + "' has no capability '" + call + "'." + suggestion(call, capabilities));
        }
    }

    private void references(String at, @Nullable Object value, Set<String> each) {
        if (value instanceof JsonObject object) {
            object.forEach(entry -> references(at + "/" + escaped(entry.getKey()), entry.getValue(), each));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                references(at + "/" + i, array.getValue(i), each);
            }
        } else if (value instanceof String text) {
            Reference.parse(text).forEach(part -> reference(at, part, each));
        }
    }

    private void reference(String at, Reference.Part part, Set<String> each) {
        if (part instanceof Reference.Broken broken) {
            error("DP-1405", at, "'" + broken.text() + EXPECTED + " Write $${ for a ${ that is meant as text.");
        } else if (part instanceof Reference.Found found) {
            found(at, found.reference(), each);
        }
    }

    private void found(String at, Reference reference, Set<String> each) {
        if (!ROOTS.contains(reference.root()) || reference.path().size() < 2) {
            error("DP-1405", at, "'" + reference.text() + EXPECTED + suggestion(reference.root(), ROOTS));
            return;
        }
        String name = reference.path().get(1);
        Collection<String> known = switch (reference.root()) {
            case "steps" -> above;
            case "settings" -> settings.fieldNames();
            case "pipeline" -> PIPELINE;
            default -> each;
        };
        if (!known.contains(name)) {
            error("DP-1404", at, leadsNowhere(reference, name) + suggestion(name, known));
        }
    }

    private static String leadsNowhere(Reference reference, String name) {
        String lacks = switch (reference.root()) {
            case "steps" -> "no step '" + name + "' above this one";
            case "settings" -> "no setting '" + name + "'";
            case "pipeline" -> "no '" + name + "' of the pipeline";
            default -> "no '" + name + "' in this step's 'each'";
        };
        return "Reference " + reference.text() + " leads to nothing: there is " + lacks + ".";
    }

    private static String suggestion(String name, Collection<String> known) {
        return NearNames.nearest(name, known)
                .map(near -> " Did you mean '" + near + "'?")
                .orElseGet(() -> known.isEmpty()
                        ? ""
                        : " There is "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private void error(String code, String pointer, String message) {
        problems.add(document.problem(Problem.Severity.ERROR, code, pointer, message));
    }
}
