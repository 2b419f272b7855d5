package io.dataprism.charts.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds one value against a schema. Of alternatives it reports on the one that speaks least against itself, and where none of
 * them gets beyond the value's type, on all of them at once. Used once, by one thread.
 */
final class SchemaWalk {
    private static final int WRONG_TYPE = 500;
    private static final int WRONG_CONSTANT = 200;
    private static final int WRONG_WORD = 40;
    private static final int NEAR_WORD = 30;
    private static final int WRONG_BOUND = 15;

    private final Map<String, Object> definitions;
    /** Findings by schema and value: alternatives share most of what lies below them. */
    private final IdentityHashMap<Object, IdentityHashMap<Object, List<Finding>>> known = new IdentityHashMap<>();

    SchemaWalk(Map<String, Object> definitions) {
        this.definitions = definitions;
    }

    List<Finding> walk(@Nullable Object value, Map<String, Object> schema, String path) {
        if (!(value instanceof Map) && !(value instanceof List)) {
            return look(value, schema, path);
        }
        IdentityHashMap<Object, List<Finding>> ofSchema = known.computeIfAbsent(schema, key -> new IdentityHashMap<>());
        List<Finding> before = ofSchema.get(value);
        if (before == null) {
            before = look(value, schema, path);
            ofSchema.put(value, before);
        }
        return before;
    }

    private List<Finding> look(@Nullable Object value, Map<String, Object> schema, String path) {
        List<Map<String, Object>> alternatives = new ArrayList<>();
        flatten(schema, alternatives);
        if (alternatives.size() == 1) {
            return single(value, alternatives.get(0), path);
        }
        List<List<Finding>> all = new ArrayList<>();
        for (Map<String, Object> alternative : alternatives) {
            List<Finding> findings = walk(value, alternative, path);
            if (findings.isEmpty()) {
                return findings;
            }
            all.add(findings);
        }
        return best(all);
    }

    private static List<Finding> best(List<List<Finding>> all) {
        List<Finding> best =
                all.stream().min(Comparator.comparingInt(SchemaWalk::cost)).orElseThrow();
        if (!(best.get(0) instanceof Finding.WrongValue wrong) || best.size() > 1) {
            return best;
        }
        Finding.WrongValue merged = wrong;
        for (List<Finding> other : all) {
            if (other.size() == 1
                    && other.get(0) instanceof Finding.WrongValue alike
                    && alike.path().equals(wrong.path())) {
                merged = merged.or(alike);
            }
        }
        return List.of(merged);
    }

    private static int cost(List<Finding> findings) {
        return findings.stream().mapToInt(Finding::cost).sum();
    }

    private void flatten(Map<String, Object> schema, List<Map<String, Object>> into) {
        if (schema.get("$ref") instanceof String reference) {
            flatten(definition(reference), into);
        } else if (schema.get("anyOf") instanceof List<?> options) {
            options.forEach(option -> flatten(Json.object(option), into));
        } else {
            into.add(schema);
        }
    }

    private Map<String, Object> definition(String reference) {
        Object found = definitions.get(reference.substring("#/definitions/".length()));
        return Json.object(found == null ? Map.of() : found);
    }

    /** A schema without alternatives of its own. */
    private List<Finding> single(@Nullable Object value, Map<String, Object> schema, String path) {
        Set<String> types = types(schema);
        if (!types.isEmpty() && types.stream().noneMatch(type -> Kinds.fits(value, type))) {
            return List.of(wrongType(value, schema, types, path));
        }
        if (schema.containsKey("const") || schema.containsKey("enum")) {
            return words(value, schema, path);
        }
        if (value instanceof Map) {
            return properties(Json.object(value), schema, path);
        }
        if (value instanceof List<?> items) {
            return items(items, schema, path);
        }
        return value instanceof Number number ? bounds(number, schema, path) : List.of();
    }

    private static Set<String> types(Map<String, Object> schema) {
        Set<String> types = new LinkedHashSet<>();
        if (schema.get("type") instanceof String type) {
            types.add(type);
        } else if (schema.get("type") instanceof List<?> several) {
            several.forEach(type -> types.add((String) type));
        }
        return types;
    }

    private static Finding wrongType(
            @Nullable Object value, Map<String, Object> schema, Set<String> types, String path) {
        Set<String> words = new LinkedHashSet<>();
        Set<String> kinds = new LinkedHashSet<>();
        if (schema.get("enum") instanceof List<?> options) {
            options.forEach(option -> words.add(String.valueOf(option)));
        } else if (schema.get("const") instanceof String constant) {
            words.add(constant);
        } else {
            types.forEach(type -> kinds.add(Kinds.readable(type)));
        }
        return new Finding.WrongValue(path, words, kinds, Kinds.show(value), word(value), WRONG_TYPE);
    }

    private static List<Finding> words(@Nullable Object value, Map<String, Object> schema, String path) {
        boolean constant = schema.containsKey("const");
        List<?> options = constant
                ? Collections.singletonList(schema.get("const"))
                : (List<?>) Objects.requireNonNull(schema.get("enum"));
        if (options.contains(value)) {
            return List.of();
        }
        Set<String> words = new LinkedHashSet<>();
        options.forEach(option -> words.add(String.valueOf(option)));
        boolean near = value instanceof String text && Nearest.of(text, words).isPresent();
        int cost = constant ? WRONG_CONSTANT : near ? NEAR_WORD : WRONG_WORD;
        return List.of(new Finding.WrongValue(path, words, Set.of(), Kinds.show(value), word(value), cost));
    }

    private static Optional<String> word(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private List<Finding> properties(Map<String, Object> value, Map<String, Object> schema, String path) {
        Map<String, Object> properties = Json.object(schema.getOrDefault("properties", Map.of()));
        List<Finding> findings = new ArrayList<>();
        if (schema.get("required") instanceof List<?> required) {
            required.stream()
                    .filter(name -> !value.containsKey(name))
                    .forEach(name -> findings.add(new Finding.MissingProperty(path, (String) name)));
        }
        value.forEach((name, item) -> {
            String below = path.isEmpty() ? name : path + "." + name;
            if (properties.get(name) instanceof Map<?, ?> property) {
                findings.addAll(walk(item, Json.object(property), below));
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
                findings.addAll(walk(item, Json.object(others), below));
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                findings.add(new Finding.UnknownProperty(path, name, properties.keySet()));
            }
        });
        return findings;
    }

    private List<Finding> items(List<?> items, Map<String, Object> schema, String path) {
        List<Finding> findings = new ArrayList<>();
        int least = schema.get("minItems") instanceof Number number ? number.intValue() : 0;
        int most = schema.get("maxItems") instanceof Number number ? number.intValue() : Integer.MAX_VALUE;
        if (items.size() < least || items.size() > most) {
            String kind = "a list of " + (least == most ? "" + least : least + " to " + most) + " items";
            String found = "one of " + items.size();
            findings.add(new Finding.WrongValue(path, Set.of(), Set.of(kind), found, Optional.empty(), WRONG_BOUND));
        }
        for (int i = 0; i < items.size(); i++) {
            Object item =
                    schema.get("items") instanceof List<?> each && i < each.size() ? each.get(i) : schema.get("items");
            if (item instanceof Map<?, ?> itemSchema) {
                findings.addAll(walk(items.get(i), Json.object(itemSchema), path + "[" + i + "]"));
            }
        }
        return findings;
    }

    private static List<Finding> bounds(Number value, Map<String, Object> schema, String path) {
        boolean low = schema.get("minimum") instanceof Number least && value.doubleValue() < least.doubleValue();
        boolean high = schema.get("maximum") instanceof Number most && value.doubleValue() > most.doubleValue();
        if (!low && !high) {
            return List.of();
        }
        String kind = low ? "at least " + schema.get("minimum") : "at most " + schema.get("maximum");
        return List.of(
                new Finding.WrongValue(path, Set.of(), Set.of(kind), value.toString(), Optional.empty(), WRONG_BOUND));
    }
}
