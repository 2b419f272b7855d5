package io.dataprism.postgres;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.DatabaseLogin;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A database of the configuration.
 *
 * @param name under which it stands there
 * @param permission what whoever uses it needs
 * @param callers which plugins and users may use it
 */
record Target(String name, DatabaseLogin login, String permission, List<String> callers) {
    private static final int PORT = 5432;
    private static final String ANYBODY = "*";

    /**
     * The one that {@code name} stands for in {@code config}, the plugin's own, for the caller of {@code call}. Whoever may not use it is not told what there is, and
     * nobody is told where it is.
     */
    static Target of(Call call, JsonObject config, String name) {
        if (!(databases(config).getValue(name) instanceof JsonObject found)) {
            throw PostgresProblem.BAD_REQUEST.failure("no database '" + PluginException.excerpt(name)
                    + "' is configured. You may use: " + String.join(", ", usable(call, config)) + ".");
        }
        Target target = of(name, found);
        if (!target.isFor(call)) {
            throw new CallException(
                    FailureKind.DENIED,
                    "Postgres: " + call.caller() + " may not use database '" + name
                            + "'. Its operator grants " + call.caller()
                            + " the host and port that the configuration of 'postgres' has for it, and names it among its 'callers'.");
        }
        return target;
    }

    /** The names of those that the caller of {@code call} may use, in their order. */
    static List<String> usable(Call call, JsonObject config) {
        return new TreeSet<>(databases(config).fieldNames())
                .stream().filter(name -> isUsable(call, config, name)).toList();
    }

    private static boolean isUsable(Call call, JsonObject config, String name) {
        try {
            return of(name, databases(config).getJsonObject(name)).isFor(call);
        } catch (CallException malformed) {
            // Whoever names it is told.
            return true;
        }
    }

    private static JsonObject databases(JsonObject config) {
        return config.getJsonObject("databases", new JsonObject());
    }

    private static Target of(String name, JsonObject found) {
        DatabaseLogin login = new DatabaseLogin(
                found.getString("url"),
                found.getString("user"),
                found.getString("password"),
                found.getString("certificates", ""));
        List<String> callers = found.getJsonArray("callers", new JsonArray().add(ANYBODY)).stream()
                .map(String::valueOf)
                .toList();
        return new Target(name, login, permission(name, login.url()), callers);
    }

    /** Whether who calls is named, and may reach the host. Host and operator have the configuration anyway. */
    private boolean isFor(Call call) {
        Caller.Kind kind = call.caller().kind();
        boolean isNamed = kind == Caller.Kind.HOST
                || kind == Caller.Kind.OPERATOR
                || callers.contains(ANYBODY)
                || callers.contains(call.caller().label());
        return isNamed && call.callerMay(permission);
    }

    private static String permission(String name, String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null) {
                int port = uri.getPort() < 0 ? PORT : uri.getPort();
                return "network-access:postgresql://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
            }
            throw noUrl(name, "it has no host that can be read");
        } catch (URISyntaxException malformed) {
            // Its own words hold the URL, and an operator may have written a password into it.
            throw noUrl(name, "character " + malformed.getIndex() + " is not allowed there");
        }
    }

    private static RuntimeException noUrl(String name, String why) {
        return PostgresProblem.BAD_REQUEST.failure("the URL of database '" + name + "' is none: " + why
                + ". Write postgresql://<host>:<port>/<database> into the configuration.");
    }
}
