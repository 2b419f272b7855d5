package io.dataprism.kernel.manifest;

import io.dataprism.kernel.manifest.YamlNode.Entry;
import io.dataprism.kernel.manifest.YamlNode.Mapping;
import io.dataprism.kernel.manifest.YamlNode.Scalar;
import io.dataprism.kernel.manifest.YamlNode.Sequence;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A YAML file whose root is a mapping, read by the core rules of YAML 1.2, in which every value knows its line and column. Also reads
 * JSON, which YAML includes.
 */
public final class YamlDocument {
    /** Bytes. */
    static final int LARGEST = 1 << 20;

    private final String file;
    private final Mapping root;

    private YamlDocument(String file, Mapping root) {
        this.file = file;
        this.root = root;
    }

    /**
     * What became of reading.
     *
     * @param document what could be read, if only to find further problems in it; empty when the text is no YAML mapping
     * @param problems an error among them means that the document must not be used
     */
    public record Parsed(Optional<YamlDocument> document, List<Problem> problems) {}

    /**
     * Read. Never throws, whatever the bytes.
     *
     * @param file the name to report problems under
     */
    public static Parsed parse(String file, byte[] yaml) {
        Problems problems = new Problems(file);
        Optional<YamlDocument> document = read(file, yaml, problems);
        return new Parsed(document, problems.list());
    }

    private static Optional<YamlDocument> read(String file, byte[] yaml, Problems problems) {
        try {
            if (yaml.length > LARGEST) {
                problems.error(
                        "DP-0210", Place.START, "Larger than 1 MiB: expected a short text. Move data out of it.");
                return Optional.empty();
            }
            Optional<YamlNode> root = new YamlComposer(decode(yaml), problems).compose();
            if (root.isEmpty()) {
                problems.error("DP-0210", Place.START, "The file is empty: expected keys and values.");
            } else if (root.get() instanceof Mapping mapping) {
                return Optional.of(new YamlDocument(file, mapping));
            } else {
                problems.error(
                        "DP-0210",
                        root.get().place(),
                        "The file holds " + kind(root.get()) + ": expected keys and values, such as 'id: my-plugin'.");
            }
        } catch (CharacterCodingException e) {
            problems.error("DP-0210", Place.START, "The file is not UTF-8 text. Save it as UTF-8.");
        } catch (YamlComposer.YamlRefused e) {
            problems.error("DP-0210", e.place(), String.valueOf(e.getMessage()));
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(YamlComposer::place).orElse(Place.START);
            problems.error("DP-0210", place, "This is not YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            problems.error("DP-0210", Place.START, "This is not YAML: " + firstLine(e) + ".");
        }
        return Optional.empty();
    }

    private static String decode(byte[] yaml) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(yaml))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("it can't be read");
    }

    private static String kind(YamlNode node) {
        return node instanceof Sequence ? "a list" : "a single value";
    }

    public String file() {
        return file;
    }

    /** The document as JSON; a new object each time. */
    public JsonObject json() {
        return new JsonObject(map(root));
    }

    /** A problem with the value at a JSON pointer, at its line and column. */
    public Problem error(String code, String pointer, String message) {
        return error(code, place(pointer), message);
    }

    /** A problem with a key of the mapping at a JSON pointer, at the key's line and column. */
    public Problem errorAtKey(String code, String pointer, String key, String message) {
        return error(code, keyPlace(pointer, key), message);
    }

    private Problem error(String code, Place place, String message) {
        return new Problem(Problem.Severity.ERROR, code, file, place.line(), place.column(), message);
    }

    /** A problem with the value at a JSON pointer, placed there, or at what comes nearest to it on the way there. */
    public Problem problem(Problem.Severity severity, String code, String pointer, String message) {
        return problem(severity, code, place(pointer), message);
    }

    /** A problem with a key of the mapping at a JSON pointer. */
    public Problem problem(Problem.Severity severity, String code, String pointer, String key, String message) {
        return problem(severity, code, keyPlace(pointer, key), message);
    }

    private Problem problem(Problem.Severity severity, String code, Place place, String message) {
        return new Problem(severity, code, file, place.line(), place.column(), message);
    }

    /** Where the value at a JSON pointer stands, or what comes nearest to it on the way there. */
    Place place(String pointer) {
        return find(pointer).place();
    }

    /** Where a key of the mapping at a JSON pointer stands. */
    Place keyPlace(String pointer, String key) {
        return find(pointer) instanceof Mapping mapping
                ? mapping.entry(key).map(entry -> entry.key().place()).orElse(mapping.place())
                : place(pointer);
    }

    /** What was written for the scalar at a JSON pointer. */
    Optional<String> written(String pointer) {
        return find(pointer) instanceof Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }

    private YamlNode find(String pointer) {
        YamlNode node = root;
        for (String step : Pointers.steps(pointer)) {
            Optional<YamlNode> next = child(node, step);
            if (next.isEmpty()) {
                return node;
            }
            node = next.get();
        }
        return node;
    }

    private static Optional<YamlNode> child(YamlNode node, String step) {
        if (node instanceof Mapping mapping) {
            return mapping.entry(step).map(Entry::value);
        }
        if (node instanceof Sequence list && step.matches("\\d{1,9}")) {
            int index = Integer.parseInt(step);
            return index < list.items().size() ? Optional.of(list.items().get(index)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Map<String, Object> map(Mapping mapping) {
        Map<String, Object> map = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> put(map, entry.key().text(), value(entry.value())));
        return map;
    }

    @SuppressWarnings("NullAway") // a JSON object holds nulls
    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        map.put(key, value);
    }

    private static @Nullable Object value(YamlNode node) {
        if (node instanceof Mapping mapping) {
            return map(mapping);
        }
        if (node instanceof Sequence list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.items().forEach(item -> values.add(value(item)));
            return values;
        }
        return CoreScalar.value((Scalar) node);
    }
}
