package io.dataprism.app.scaffold;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands for the {@code {{words}}} of the templates. */
final class TemplateValues {
    private static final Pattern WORD = Pattern.compile("\\{\\{(\\w+)}}");

    private final Map<String, String> values;

    private TemplateValues(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    static TemplateValues of(NewPlugin plugin) {
        Map<String, String> values = new HashMap<>();
        versions().forEach((name, version) -> values.put((String) name, (String) version));
        values.put("id", plugin.id().value());
        values.put("category", plugin.category().label());
        values.put("package", plugin.packageName());
        values.put("path", plugin.packagePath());
        values.put("group", plugin.group());
        values.put("class", plugin.className());
        return new TemplateValues(values);
    }

    private static Properties versions() {
        Properties versions = new Properties();
        try (InputStream in = TemplateValues.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions;
    }

    String fill(String template) {
        return WORD.matcher(template).replaceAll(word -> Matcher.quoteReplacement(value(word.group(1))));
    }

    private String value(String word) {
        String value = values.get(word);
        if (value == null) {
            throw new IllegalStateException("A template uses {{" + word + "}}, which stands for nothing.");
        }
        return value;
    }
}
