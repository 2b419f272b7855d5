package io.dataprism.kernel.contract;

import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the keywords of two JSON Schemas say differently, in one direction. It looks at types, fields, required fields, values, bounds,
 * patterns, and into fields and items; what {@code anyOf} and its like combine is not compared. Two schemas that several places refer to
 * are compared once, for the first of them. Who writes a manifest decides how many there are: beyond so many, and so many differences, it is said to be
 * too much.
 */
final class SchemaChanges {
    private static final Set<String> ANYTHING =
            Set.of("string", "number", "integer", "boolean", "object", "array", "null");
    private static final Set<String> LOWER = Set.of("minimum", "exclusiveMinimum", "minLength", "minItems");
    private static final Set<String> UPPER = Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems");
    private static final List<String> TEXTS = List.of("pattern", "format", "const");
    private static final int DEEPEST = 100;
    /** So many schemas, fields, names and values are looked at. */
    private static final int MOST = 500_000;
    /** So many differences are told. */
    private static final int MOST_TOLD = 100;

    private final JsonObject oldRoot;
    private final JsonObject newRoot;
    private final boolean goesIn;
    private final List<String> broken;
    private final Deque<Pair> ahead = new ArrayDeque<>();
    private final IdentityHashMap<Object, Set<Object>> met = new IdentityHashMap<>();
    private int left = MOST;

    /** A place in what is described: the steps to it, the last one first. Its text, which may be long, is made where it is told. */
    private record Place(String step, @Nullable Place within, int depth) {
        Place field(String name) {
            return new Place("field '" + PluginException.excerpt(name) + "' of ", this, depth + 1);
        }

        Place item() {
            return new Place("each item of ", this, depth + 1);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (Place next = this; next != null; next = next.within) {
                text.append(next.step);
            }
            return text.toString();
        }
    }

    /** What a place was described by and is described by now. */
    private record Pair(Place place, JsonObject before, JsonObject after) {
        /** About how much there is to compare. */
        int size() {
            return 1 + size(before) + size(after);
        }

        private static int size(JsonObject schema) {
            return object(schema, "properties").size()
                    + items(schema, "required")
                    + items(schema, "enum")
                    + items(schema, "type");
        }

        private static int items(JsonObject schema, String key) {
            return schema.getValue(key) instanceof JsonArray array ? array.size() : 0;
        }
    }

    private SchemaChanges(JsonObject oldRoot, JsonObject newRoot, boolean goesIn, List<String> broken) {
        this.oldRoot = oldRoot;
        this.newRoot = newRoot;
        this.goesIn = goesIn;
        this.broken = broken;
    }

    /** Add to {@code broken} where {@code after} takes less than {@code before} did. */
    static void narrowed(String place, JsonObject before, JsonObject after, List<String> broken) {
        new SchemaChanges(before, after, true, broken).compare(place);
    }

    /** Add to {@code broken} where {@code after} gives what {@code before} did not, or not what it did. */
    static void widened(String place, JsonObject before, JsonObject after, List<String> broken) {
        new SchemaChanges(before, after, false, broken).compare(place);
    }

    private void compare(String place) {
        meet(new Place(place, null, 0), oldRoot, newRoot);
        while (!ahead.isEmpty() && broken.size() < MOST_TOLD) {
            Pair pair = ahead.remove();
            left -= pair.size();
            if (left < 0) {
                broken.add(place + " has more schemas that refer to each other than can be compared");
                return;
            }
            compare(pair);
        }
    }

    /** Compare the two later, unless that was said of them before. */
    private void meet(Place place, JsonObject old, JsonObject young) {
        JsonObject before = resolved(old, oldRoot);
        JsonObject after = resolved(young, newRoot);
        Set<Object> others =
                met.computeIfAbsent(before.getMap(), none -> Collections.newSetFromMap(new IdentityHashMap<>()));
        if (place.depth <= DEEPEST && others.add(after.getMap())) {
            ahead.add(new Pair(place, before, after));
        }
    }

    private void compare(Pair pair) {
        Place place = pair.place;
        JsonObject before = pair.before;
        JsonObject after = pair.after;
        types(place, before, after);
        values(place, before, after);
        required(place, before, after);
        fields(pair);
        LOWER.forEach(keyword -> bound(place, keyword, before, after, 1));
        UPPER.forEach(keyword -> bound(place, keyword, before, after, -1));
        TEXTS.forEach(keyword -> text(place, keyword, before, after));
        if (before.getValue("items") instanceof JsonObject was && after.getValue("items") instanceof JsonObject is) {
            meet(place.item(), was, is);
        }
    }

    private void tell(String difference) {
        if (broken.size() < MOST_TOLD) {
            broken.add(difference);
        }
    }

    private void types(Place place, JsonObject before, JsonObject after) {
        Set<String> was = typesOf(before);
        Set<String> is = typesOf(after);
        Set<String> lost = new TreeSet<>(goesIn ? was : is);
        lost.removeAll(goesIn ? is : was);
        if (!lost.isEmpty()) {
            tell(place + " was " + said(was) + " and is " + said(is) + " now");
        }
    }

    private static Set<String> typesOf(JsonObject schema) {
        Object type = schema.getValue("type");
        Set<String> types = new TreeSet<>();
        if (type instanceof String one) {
            types.add(one);
        } else if (type instanceof JsonArray several) {
            several.forEach(each -> types.add(String.valueOf(each)));
        } else {
            return ANYTHING;
        }
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    private static String said(Set<String> types) {
        if (types.equals(ANYTHING)) {
            return "anything";
        }
        Set<String> named = new TreeSet<>(types);
        if (named.contains("number")) {
            named.remove("integer");
        }
        return String.join(" or ", named);
    }

    private void values(Place place, JsonObject before, JsonObject after) {
        boolean was = before.getValue("enum") instanceof JsonArray;
        boolean is = after.getValue("enum") instanceof JsonArray;
        boolean restricting = goesIn ? is : was;
        if (!restricting) {
            return;
        }
        if (!(was && is)) {
            tell(place + (goesIn ? " takes certain values only now" : " is no longer one of certain values"));
            return;
        }
        Set<Object> kept =
                (goesIn ? after : before).getJsonArray("enum").stream().collect(Collectors.toCollection(HashSet::new));
        (goesIn ? before : after)
                .getJsonArray("enum").stream()
                        .filter(value -> !kept.contains(value))
                        .limit(MOST_TOLD)
                        .forEach(value -> tell(place + (goesIn ? " does not take " : " may be ") + "'"
                                + PluginException.excerpt(String.valueOf(value)) + "' "
                                + (goesIn ? "any more" : "now")));
    }

    private void required(Place place, JsonObject before, JsonObject after) {
        Set<String> lost = new TreeSet<>(names((goesIn ? after : before)));
        lost.removeAll(names(goesIn ? before : after));
        lost.stream()
                .limit(MOST_TOLD)
                .forEach(name -> tell(place.field(name) + (goesIn ? " is required now" : " may be missing now")));
    }

    private static List<String> names(JsonObject schema) {
        return schema.getValue("required") instanceof JsonArray names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    private void fields(Pair pair) {
        JsonObject was = object(pair.before, "properties");
        JsonObject is = object(pair.after, "properties");
        boolean closed = Boolean.FALSE.equals(pair.after.getValue("additionalProperties"));
        if (goesIn && closed && !Boolean.FALSE.equals(pair.before.getValue("additionalProperties"))) {
            tell(pair.place + " takes no other fields than the described ones now");
        }
        for (String name : was.fieldNames()) {
            Place field = pair.place.field(name);
            if (is.getValue(name) instanceof JsonObject now && was.getValue(name) instanceof JsonObject then) {
                meet(field, then, now);
            } else if (!is.containsKey(name) && (!goesIn || closed)) {
                tell(field + " is gone");
            }
        }
    }

    private void bound(Place place, String keyword, JsonObject before, JsonObject after, int direction) {
        Number was = before.getValue(keyword) instanceof Number number ? number : null;
        Number is = after.getValue(keyword) instanceof Number number ? number : null;
        Number stricter = goesIn ? is : was;
        Number looser = goesIn ? was : is;
        if (stricter != null
                && (looser == null || direction * Double.compare(stricter.doubleValue(), looser.doubleValue()) > 0)) {
            tell(place + " had " + told(keyword, was) + " and has " + told(keyword, is) + " now");
        }
    }

    private static String told(String keyword, @Nullable Number value) {
        return value == null ? "no " + keyword : keyword + " " + value;
    }

    private void text(Place place, String keyword, JsonObject before, JsonObject after) {
        Object was = before.getValue(keyword);
        Object is = after.getValue(keyword);
        if ((goesIn ? is : was) != null && !Objects.equals(was, is)) {
            tell(place + " has another " + keyword);
        }
    }

    private static JsonObject resolved(JsonObject schema, JsonObject root) {
        if (schema.getValue("$ref") instanceof String ref && ref.startsWith("#/")) {
            return JsonPointer.from(ref.substring(1)).queryJson(root) instanceof JsonObject found ? found : schema;
        }
        return schema;
    }

    private static JsonObject object(JsonObject schema, String key) {
        return schema.getValue(key) instanceof JsonObject found ? found : new JsonObject();
    }
}
