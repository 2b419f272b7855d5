package io.dataprism.postgres;

import io.dataprism.api.DatabaseLogin;
import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A database of the configuration.
 *
 * @param name under which it stands there
 * @param permission what whoever uses it needs
 */
record Target(String name, DatabaseLogin login, String permission) {
    private static final int PORT = 5432;

    /** The one that {@code name} stands for in {@code config}, the plugin's own. */
    static Target of(JsonObject config, String name) {
        JsonObject databases = config.getJsonObject("databases", new JsonObject());
        if (!(databases.getValue(name) instanceof JsonObject found)) {
            throw PostgresProblem.BAD_REQUEST.failure("no database '" + PluginException.excerpt(name)
                    + "' is configured. There are: " + String.join(", ", new TreeSet<>(databases.fieldNames())) + ".");
        }
        DatabaseLogin login = new DatabaseLogin(
                found.getString("url"),
                found.getString("user"),
                found.getString("password"),
                found.getString("certificates", ""));
        return new Target(name, login, permission(name, login.url()));
    }

    private static String permission(String name, String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null) {
                int port = uri.getPort() < 0 ? PORT : uri.getPort();
                return "network-access:postgresql://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
            }
        } catch (IllegalArgumentException malformed) {
            throw noUrl(name, malformed);
        }
        throw noUrl(name, null);
    }

    private static RuntimeException noUrl(String name, @org.jspecify.annotations.Nullable Throwable cause) {
        return PostgresProblem.BAD_REQUEST.failure(
                "the URL of database '" + name
                        + "' is none. Write postgresql://<host>:<port>/<database> into the configuration.",
                cause);
    }
}
