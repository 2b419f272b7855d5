package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a URL leads.
 *
 * @param uri the whole URL
 * @param secure whether TLS is spoken
 * @param port the port, also where the URL leaves it out
 */
record Origin(URI uri, boolean secure, String host, int port) {
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");
    /** Other spellings are read differently by different programs. */
    private static final Pattern PLAIN = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})(?:\\.(?!$)|$)){4}");

    static Origin of(String url) {
        URI uri = parse(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if ((!secure && !scheme.equals("http")) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw invalid(url, "expected http://<host>… or https://<host>… without a user name");
        }
        int port = uri.getPort() < 0 ? (secure ? 443 : 80) : uri.getPort();
        String host = host(uri);
        if (NUMERIC.matcher(host).matches() && !PLAIN.matcher(host).matches()) {
            throw invalid(url, "an address is written as four numbers without zeros before them");
        }
        return new Origin(uri, secure, host, port);
    }

    /** The dot at the end of a name makes it no other name. */
    private static String host(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.length() > 1 && host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static URI parse(String url) {
        try {
            return new URI(url).normalize();
        } catch (URISyntaxException e) {
            throw invalid(url, "character " + e.getIndex() + " is not allowed there");
        }
    }

    private static PluginException invalid(String url, String why) {
        return new PluginException(
                "DP-0195", "'" + PluginException.excerpt(url) + "' is no URL that can be fetched: " + why + ".");
    }

    /** The origin that {@code location} names as seen from here. */
    Origin resolve(String location) {
        return of(uri.resolve(parse(location)).toString());
    }

    Permission permission() {
        return permissionFor(host);
    }

    /** The same at another host. */
    Permission permissionFor(String other) {
        return Permission.parse("network-access:" + (secure ? "https" : "http") + "://" + other + ":" + port);
    }

    /** As names are looked up: without the brackets of an address. */
    String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Path and query, as a request line has them. */
    String target() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
