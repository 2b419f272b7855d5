package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.database.DatabaseDriver;
import io.dataprism.kernel.database.DatabaseDrivers;
import io.dataprism.kernel.database.TlsMode;
import io.dataprism.kernel.permission.Permission;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which database a URL means.
 *
 * @param port also where the URL leaves it out
 */
record DatabaseUrl(DatabaseDriver driver, String host, int port, String database, TlsMode tls) {

    /** What some resolvers take for an address, however it is written. */
    private static final Pattern NUMERIC = Pattern.compile("(?i)(?:.*\\.)?(?:0x[0-9a-f]*|\\d+)\\.?");

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern ADDRESS = Pattern.compile("(?:" + BYTE + "\\.){3}" + BYTE);

    static DatabaseUrl of(String url, DatabaseDrivers drivers) {
        URI uri = parse(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            throw invalid(url, "expected <scheme>://<host>:<port>/<database>; user and password are given apart");
        }
        if (NUMERIC.matcher(uri.getHost()).matches()
                && !ADDRESS.matcher(uri.getHost()).matches()) {
            throw invalid(
                    url, "its host is an address in a form that reads as another one; write four numbers up to 255");
        }
        DatabaseDriver driver = drivers.of(scheme)
                .orElseThrow(() -> new PluginException(
                        "DP-0870",
                        "This node has no driver for databases of '" + PluginException.excerpt(scheme) + "', but for: "
                                + drivers.names()
                                + ". Put a driver beside the kernel, such as dataprism-postgres-driver."));
        int port = uri.getPort() < 0 ? driver.defaultPort() : uri.getPort();
        if (port < 1 || port > 65_535) {
            throw invalid(url, "its port is " + port);
        }
        return new DatabaseUrl(driver, uri.getHost().toLowerCase(Locale.ROOT), port, database(url, uri), tls(url, uri));
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw invalid(url, "character " + e.getIndex() + " is not allowed there");
        }
    }

    private static String database(String url, URI uri) {
        String path = uri.getPath();
        if (path == null || path.length() < 2 || path.indexOf('\0') >= 0) {
            throw invalid(url, "the name of the database is missing after the port");
        }
        return path.substring(1);
    }

    private static TlsMode tls(String url, URI uri) {
        String query = uri.getQuery();
        if (query == null) {
            return TlsMode.VERIFY_FULL;
        }
        if (!query.startsWith("sslmode=")) {
            throw invalid(url, "after '?' only sslmode is known");
        }
        return TlsMode.of(query.substring("sslmode=".length()))
                .orElseThrow(
                        () -> invalid(
                                url,
                                "sslmode is none of disable, require, verify-ca and verify-full; none falls back to a weaker one"));
    }

    private static PluginException invalid(String url, String why) {
        // It may hold a password at the wrong place.
        return new PluginException(
                "DP-0871",
                "'"
                        + PluginException.excerpt(
                                url.replaceFirst("//[^/]*@", "//…@").replaceFirst("password=.*", "password=…"))
                        + "' is no URL of a database: " + why + ".");
    }

    /** Without the brackets of an address. */
    String bareHost() {
        return host.replaceAll("[\\[\\]]", "");
    }

    Permission permission() {
        return permission(host);
    }

    /** The permission for {@code address}, as a host is written in one. */
    Permission permission(String address) {
        return Permission.parse("network-access:" + driver.scheme() + "://" + address + ":" + port);
    }
}
