package io.dataprism.app.input;

import io.dataprism.kernel.manifest.YamlDocument;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values given as one text, on the command line or in the environment. */
public final class Scalars {
    private Scalars() {}

    /** A number, truth value, list or text by the rules of YAML; whatever is no YAML is the text itself. */
    public static @Nullable Object of(String text) {
        if (text.length() == 1 && !Character.isDigit(text.charAt(0))) {
            return text; // a sign such as | or # is meant as it is
        }
        byte[] yaml = ("value: " + text).getBytes(StandardCharsets.UTF_8);
        Optional<JsonObject> read = YamlDocument.parse("", yaml)
                .document()
                .map(YamlDocument::json)
                .filter(json -> json.fieldNames().equals(Set.of("value")));
        return read.isPresent() ? read.get().getValue("value") : text;
    }
}
