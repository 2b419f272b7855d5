package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a URL leads.
 *
 * @param uri the whole URL
 * @param secure whether TLS is spoken
 * @param port the port, also where the URL leaves it out
 */
record Origin(URI uri, boolean secure, String host, int port) {

    static Origin of(String url) {
        URI uri = parse(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if ((!secure && !scheme.equals("http")) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw invalid(url, "expected http://<host>… or https://<host>… without a user name");
        }
        int port = uri.getPort() < 0 ? (secure ? 443 : 80) : uri.getPort();
        return new Origin(uri, secure, uri.getHost().toLowerCase(Locale.ROOT), port);
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
        return Permission.parse("network-access:" + (secure ? "https" : "http") + "://" + host + ":" + port);
    }

    /** Path and query, as a request line has them. */
    String target() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
