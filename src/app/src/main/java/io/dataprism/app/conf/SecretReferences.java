package io.dataprism.app.conf;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.text.IoCause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * References in configuration, resolved each time that it is read, and not in what is shown of it: {@code ${env:NAME}} is an environment variable, {@code
 * ${file:path}} a file's text without its last line break, relative to the configuration folder; a doubled dollar sign writes one dollar sign. What
 * they stood for is noted in {@link Secrets}. Blocks.
 */
final class SecretReferences {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{(env|file):([^}]*)}");
    static final long LARGEST = 64 << 10;
    private static final String FILE = "file";

    private final Map<String, String> environment;
    private final Path folder;
    private final BiConsumer<String, PluginException> failures;

    /** @param failures told of each reference that leads nowhere, with the JSON pointer of its text; it then resolves to itself */
    SecretReferences(ConfSources sources, BiConsumer<String, PluginException> failures) {
        this.environment = sources.environment();
        this.folder = sources.folder();
        this.failures = failures;
    }

    /** The files that {@code json} refers to, whether they are there or not. */
    static Set<Path> files(JsonObject json, Path folder) {
        Set<Path> files = new TreeSet<>();
        Matcher matcher = REFERENCE.matcher(json.encode());
        while (matcher.find()) {
            if (FILE.equals(matcher.group(1))) {
                path(folder, matcher.group(2)).ifPresent(files::add);
            }
        }
        return files;
    }

    private static Optional<Path> path(Path folder, String name) {
        try {
            return Optional.of(folder.resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** A copy of {@code json}, which stands at {@code pointer}, with every reference resolved. */
    JsonObject resolve(String pointer, JsonObject json) {
        JsonObject resolved = new JsonObject();
        json.forEach(entry ->
                resolved.put(entry.getKey(), value(pointer + ConfDocuments.step(entry.getKey()), entry.getValue())));
        return resolved;
    }

    private @Nullable Object value(String pointer, @Nullable Object value) {
        if (value instanceof JsonObject object) {
            return resolve(pointer, object);
        }
        if (value instanceof JsonArray array) {
            JsonArray resolved = new JsonArray();
            for (int i = 0; i < array.size(); i++) {
                resolved.add(value(pointer + "/" + i, array.getValue(i)));
            }
            return resolved;
        }
        return value instanceof String text ? text(pointer, text) : value;
    }

    private String text(String pointer, String text) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String value =
                    matcher.group(1) == null ? "${" : one(pointer, matcher.group(), matcher.group(1), matcher.group(2));
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(resolved).toString();
    }

    private String one(String pointer, String reference, String kind, String name) {
        try {
            String value = kind.equals("env") ? variable(reference, name) : file(reference, name);
            Secrets.add(value, reference);
            return value;
        } catch (PluginException e) {
            failures.accept(pointer, e);
            return reference;
        }
    }

    private String variable(String reference, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new PluginException(
                    "DP-0915",
                    "Reference " + reference + " leads to nothing: the environment variable '" + name
                            + "' is not set. Set it where the node is started.");
        }
        return value;
    }

    private String file(String reference, String name) {
        try {
            Path file = folder.resolve(name);
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            if (found.isOther()) {
                throw new PluginException(
                        "DP-0915",
                        "Reference " + reference
                                + " leads to a pipe or a device, whose reading may never end. Name a file.");
            }
            if (found.size() > LARGEST) {
                throw new PluginException(
                        "DP-0915",
                        "Reference " + reference + " leads to a file larger than 64 KiB. Name a smaller one.");
            }
            return Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
        } catch (InvalidPathException e) {
            throw unreadable(reference, "'" + PluginException.excerpt(name) + "'", "it is no path", e);
        } catch (IOException e) {
            throw unreadable(reference, folder.resolve(name).toString(), IoCause.of(e), e);
        }
    }

    private static PluginException unreadable(String reference, String file, String why, Exception cause) {
        return new PluginException(
                "DP-0915",
                "Reference " + reference + " leads to nothing: " + file + " cannot be read (" + why
                        + "). Make the file, readable for the node's user only.",
                cause);
    }
}
