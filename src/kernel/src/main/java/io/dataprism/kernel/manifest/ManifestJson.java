package io.dataprism.kernel.manifest;

import io.dataprism.api.Category;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A manifest's JSON, read leniently: what is not of the expected kind is left out, since the schema reports it. */
record ManifestJson(JsonObject json) {

    /** An element of a list and where it stands. */
    record At<T>(String pointer, T value) {}

    Optional<String> text(String key) {
        return text(json, key);
    }

    static Optional<String> text(JsonObject object, String key) {
        return object.getValue(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<Category> category() {
        return text("category").flatMap(Category::of);
    }

    /** The category's capabilities and the plugin's own. */
    Set<String> capabilities() {
        Set<String> all = new TreeSet<>();
        category().ifPresent(category -> all.addAll(CategoryCapabilities.of(category)));
        texts("/capabilities", list(json, "capabilities")).forEach(at -> all.add(at.value()));
        return all;
    }

    List<At<JsonObject>> objects(String key) {
        List<At<JsonObject>> found = new ArrayList<>();
        JsonArray items = list(json, key);
        for (int i = 0; i < items.size(); i++) {
            if (items.getValue(i) instanceof JsonObject object) {
                found.add(new At<>(Pointers.child("/" + key, i), object));
            }
        }
        return found;
    }

    static List<At<String>> texts(String pointer, JsonArray items) {
        List<At<String>> found = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.getValue(i) instanceof String text) {
                found.add(new At<>(Pointers.child(pointer, i), text));
            }
        }
        return found;
    }

    JsonObject object(String key) {
        return object(json, key);
    }

    static JsonObject object(JsonObject parent, String key) {
        return parent.getValue(key) instanceof JsonObject object ? object : new JsonObject();
    }

    static JsonArray list(JsonObject parent, String key) {
        return parent.getValue(key) instanceof JsonArray array ? array : new JsonArray();
    }
}
