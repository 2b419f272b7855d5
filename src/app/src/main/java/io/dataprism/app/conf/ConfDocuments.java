package io.dataprism.app.conf;

import io.dataprism.app.input.Resources;
import io.dataprism.kernel.manifest.KnownSchema;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.YamlDocument;
import io.dataprism.kernel.text.IoCause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sources as documents that know their lines and columns, and each one's own problems. A snapshot: two of the same sources
 * are equal in {@link #fingerprint} when nothing changed between them.
 */
final class ConfDocuments {
    static final String SCHEMA = Resources.text(ConfDocuments.class, "kernel-config.schema.json");
    private static final KnownSchema CHECK = KnownSchema.of(SCHEMA);

    private final ConfSources from;
    private final List<Source> sources = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notices = new ArrayList<>();
    private ReferencedFiles referenced = new ReferencedFiles(Map.of());
    private boolean whole = true;
    private final StringBuilder fingerprint = new StringBuilder();

    private ConfDocuments(ConfSources from) {
        this.from = from;
    }

    /** A document; one made of a variable has no lines, but the variable's name. */
    private record Source(YamlDocument document, boolean hasLines) {

        Problem placed(Problem problem) {
            return hasLines
                    ? problem
                    : new Problem(problem.severity(), problem.code(), problem.file(), 0, 0, problem.message());
        }
    }

    /** Read and check all sources. Blocks. */
    static ConfDocuments read(ConfSources from) {
        ConfDocuments documents = new ConfDocuments(from);
        from.files().forEach(documents::file);
        from.unread().forEach(documents::unread);
        documents.variables(Variables.ofEnvironment(from.environment()));
        documents.variables(Variables.ofProperties(from.properties()));
        documents.referenced = ReferencedFiles.of(documents.merged(), from.folder());
        documents.fingerprint.append(documents.referenced.hashes());
        return documents;
    }

    private void file(Path file) {
        try {
            byte[] yaml = Files.readAllBytes(file);
            fingerprint
                    .append(file)
                    .append('\n')
                    .append(new String(yaml, StandardCharsets.ISO_8859_1))
                    .append('\0');
            parse(file.toString(), yaml, true);
        } catch (NoSuchFileException e) {
            whole = false;
            problems.add(error(
                    "DP-0903",
                    file.toString(),
                    "There is no such file: expected the node's configuration. "
                            + "Write one (docs/configuration.md), or name its folder with --conf."));
        } catch (IOException e) {
            whole = false;
            problems.add(error(
                    "DP-0903",
                    file.toString(),
                    "It cannot be read (" + IoCause.of(e) + "). Let the node's user read it."));
        }
    }

    /** Part of the fingerprint too, so that it is told when it appears. */
    private void unread(Path file) {
        fingerprint.append(file).append('\n');
        notices.add(new Problem(
                Problem.Severity.WARNING,
                "DP-0924",
                file.toString(),
                0,
                0,
                "It is not read: files in " + ConfSources.MORE + " end in '" + ConfSources.ENDING + "'. Rename it."));
    }

    private void variables(Variables variables) {
        variables.documents().forEach((name, json) -> {
            byte[] text = json.put("version", 1).encode().getBytes(StandardCharsets.UTF_8);
            parse(name, text, false);
        });
    }

    private void parse(String name, byte[] yaml, boolean hasLines) {
        YamlDocument.Parsed parsed = YamlDocument.parse(name, yaml);
        problems.addAll(parsed.problems());
        whole &= parsed.document().isPresent();
        parsed.document().ifPresent(document -> {
            Source source = new Source(document, hasLines);
            sources.add(source);
            CHECK.check(document, meant(document), "DP-0911").forEach(problem -> problems.add(source.placed(problem)));
        });
    }

    /** With what its references stand for; where one leads nowhere, which is told later, nothing is said. */
    private JsonObject meant(YamlDocument document) {
        Unknown unknown = new Unknown();
        SecretReferences references = new SecretReferences(from, (pointer, failure) -> unknown.add(pointer));
        return unknown.leftOut("", references.resolve("", document.json()));
    }

    private static Problem error(String code, String file, String message) {
        return new Problem(Problem.Severity.ERROR, code, file, 0, 0, message);
    }

    /** What is wrong with the sources one by one. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** What is to be said of them though nothing is wrong. */
    List<Problem> notices() {
        return List.copyOf(notices);
    }

    /** Whether every source could be read, whatever it says. */
    boolean isWhole() {
        return whole;
    }

    /** Whether {@code value} may stand under {@code key}, as far as the schema goes. */
    static boolean isSound(String key, @Nullable Object value) {
        byte[] json =
                new JsonObject().put("version", 1).put(key, value).encode().getBytes(StandardCharsets.UTF_8);
        return YamlDocument.parse(key, json)
                .document()
                .filter(document -> CHECK.check(document, "").isEmpty())
                .isPresent();
    }

    String fingerprint() {
        return fingerprint.toString();
    }

    /** The files that all documents together refer to, as they were at this reading. */
    ReferencedFiles referenced() {
        return referenced;
    }

    /** All documents as one, as vertx-config merges them: objects deeply, everything else replaced by the later. */
    JsonObject merged() {
        JsonObject merged = new JsonObject();
        sources.forEach(source -> merged.mergeIn(source.document().json(), true));
        return merged;
    }

    /** A problem with the value at {@code pointer}, placed in the last source that says it, or comes nearest. */
    Problem problem(Problem.Severity severity, String code, String pointer, String message) {
        String known = pointer;
        while (true) {
            for (int i = sources.size() - 1; i >= 0; i--) {
                Source source = sources.get(i);
                if (has(source.document().json(), known)) {
                    Problem problem = source.document().problem(severity, code, known, message);
                    return source.placed(problem);
                }
            }
            if (known.isEmpty()) {
                return new Problem(severity, code, "configuration", 0, 0, message);
            }
            known = known.substring(0, known.lastIndexOf('/'));
        }
    }

    private static boolean has(JsonObject json, String pointer) {
        Object value = json;
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            String key = step.replace("~1", "/").replace("~0", "~");
            if (value instanceof JsonObject object && object.containsKey(key)) {
                value = object.getValue(key);
            } else if (value instanceof JsonArray array
                    && key.matches("\\d{1,9}")
                    && Integer.parseInt(key) < array.size()) {
                value = array.getValue(Integer.parseInt(key));
            } else {
                return false;
            }
        }
        return true;
    }

    /** The pointer for a path as options write it: {@code gateway.tokens[2].user}. */
    static String pointer(String path) {
        StringBuilder pointer = new StringBuilder();
        for (String step : path.replace("[", ".").replace("]", "").split("\\.", -1)) {
            pointer.append('/').append(step);
        }
        return pointer.toString();
    }

    /** A key as a step of a pointer. */
    static String step(@Nullable Object key) {
        return "/" + String.valueOf(key).replace("~", "~0").replace("/", "~1");
    }
}
