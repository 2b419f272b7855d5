package io.dataprism.files;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.FileAccess;
import io.dataprism.api.PluginException;
import io.dataprism.files.detect.FileProblem;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a connection leads to. Its methods that touch files block. */
sealed interface Place {

    /** A folder; queries name files in it. */
    record Folder(Path path) implements Place {}

    /** One file, which need not exist yet. */
    record OneFile(Path path) implements Place {}

    /** Something on the web, read only. */
    record Web(String url, String permission) implements Place {}

    /** Read {@code {"path": …}} or {@code {"url": …}}. */
    static Place of(JsonObject config) {
        Optional<String> path = text(config, "path");
        Optional<String> url = text(config, "url");
        for (String name : config.fieldNames()) {
            if (!name.equals("path") && !name.equals("url")) {
                throw invalid("connect: '" + PluginException.excerpt(name) + "' is not known. There are path and url.");
            }
        }
        if (path.isPresent() == url.isPresent()) {
            throw invalid("connect: expected either 'path', a folder or file, or 'url'.");
        }
        return url.map(Place::web).orElseGet(() -> local(path.orElseThrow()));
    }

    private static Place local(String path) {
        Path resolved = resolved(path);
        return Files.isDirectory(resolved) ? new Folder(resolved) : new OneFile(resolved);
    }

    private static Place web(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !scheme.matches("https?")) {
                throw invalid("connect: '" + PluginException.excerpt(url) + "' is no http or https URL.");
            }
            int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
            return new Web(url, "network-access:" + scheme + "://" + uri.getHost() + ":" + port);
        } catch (URISyntaxException e) {
            throw invalid("connect: '" + PluginException.excerpt(url) + "' is no URL: " + e.getMessage() + ".");
        }
    }

    /** Where {@code path} leads, all links resolved. */
    static Path resolved(String path) {
        try {
            return FileAccess.resolved(Path.of(path));
        } catch (IOException | InvalidPathException e) {
            throw FileProblem.UNREADABLE.failure(
                    "'" + path + "' leads nowhere: " + e.getMessage() + ". Check the path.", e);
        }
    }

    /** The file that {@code query} means; {@code path} names it in a folder. */
    static Path file(Place place, JsonObject query) {
        Optional<String> path = text(query, "path");
        if (place instanceof OneFile one) {
            if (path.isPresent()) {
                throw invalid("the connection leads to the one file " + one.path() + "; leave 'path' out.");
            }
            return one.path();
        }
        Folder folder = (Folder) place;
        String name = path.orElseThrow(() -> invalid("'path' is missing: which file of " + folder.path() + "?"));
        Path file = resolved(folder.path().resolve(name).toString());
        if (!file.startsWith(folder.path()) || file.equals(folder.path())) {
            throw FileProblem.OUTSIDE.failure("'" + name + "' leads to " + file + ", outside the folder "
                    + folder.path() + " of this connection. Name a file inside it, or connect elsewhere.");
        }
        return file;
    }

    static Optional<String> text(JsonObject json, String name) {
        Object value = json.getValue(name);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        throw invalid("'" + name + "' is " + PluginException.excerpt(String.valueOf(value)) + "; expected a text.");
    }

    static CallException invalid(String what) {
        return new CallException(FailureKind.INVALID, "Files: " + what);
    }
}
