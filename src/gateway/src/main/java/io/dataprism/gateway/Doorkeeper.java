package io.dataprism.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a handshake before anything is kept for it. The {@code Host} must be ours, so that a name of somebody else's that points here
 * does not make a page 'the same origin'; then the origin, then the token.
 */
final class Doorkeeper {
    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+)", Pattern.CASE_INSENSITIVE);

    private final GatewayOptions options;
    private final Origins origins;

    Doorkeeper(GatewayOptions options) {
        this.options = options;
        this.origins = new Origins(options.origins());
    }

    /** Why this request is refused before it is looked at; empty when host and origin are right. */
    Optional<Refusal> stranger(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (authority == null || !isOurs(authority.host())) {
            return Optional.of(Refusal.HOST);
        }
        String host = authority.port() < 0 ? authority.host() : authority.host() + ":" + authority.port();
        return origins.allows(request.getHeader(HttpHeaders.ORIGIN), host)
                ? Optional.empty()
                : Optional.of(Refusal.ORIGIN);
    }

    /** Whose token the request carries. */
    Optional<String> user(HttpServerRequest request) {
        return token(request).flatMap(options.users().tokens()::userOf);
    }

    private static Optional<String> token(HttpServerRequest request) {
        @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            Matcher matcher = BEARER.matcher(header);
            return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
        }
        return Optional.ofNullable(request.getParam("token"));
    }

    private boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return Loopback.isLoopback(name)
                || name.equals(options.host().toLowerCase(Locale.ROOT))
                || options.hosts().contains(name);
    }
}
