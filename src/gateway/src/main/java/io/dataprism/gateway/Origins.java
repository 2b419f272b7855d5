package io.dataprism.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may connect. A browser names its page in {@code Origin}; a request without one comes from no page. A page of the gateway
 * itself, or of an origin that the configuration names, may connect; {@code null} (a file, a sandboxed frame) may not.
 */
final class Origins {
    private final Set<String> allowed;

    Origins(Set<String> allowed) {
        this.allowed = allowed;
    }

    /** Whether a request with these two headers may become a socket; {@code host} was checked before. */
    boolean allows(@Nullable String origin, String host) {
        if (origin == null) {
            return true;
        }
        Optional<String> parsed = parse(origin);
        return parsed.isPresent()
                && (allowed.contains(parsed.get()) || parsed.get().equals("http://" + host.toLowerCase(Locale.ROOT)));
    }

    /** {@code scheme://host[:port]} in lower case; empty for anything else. */
    static Optional<String> parse(String origin) {
        try {
            URI uri = new URI(origin);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean bare = uri.getRawPath() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            return web && bare && uri.getHost() != null
                    ? Optional.of(origin.toLowerCase(Locale.ROOT))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
