package io.dataprism.sandbox.rules;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A permission with its scope, as far as it is known, in the form that grants have.
 *
 * @param scope empty where the permission is taken without one, or nothing is known of it
 * @param whole whether the scope names the very target
 */
public record Target(String permission, String scope, boolean whole) {
    /** A scope that says what is done, and not to what. */
    private static final Set<String> ACCESSES = Set.of("read", "write");

    /**
     * What a call takes by {@code demand}.
     *
     * @param filled its scope filled in; empty where a part of it is not known
     */
    public static Target of(Demand demand, Optional<String> filled) {
        if (filled.isEmpty()) {
            return new Target(demand.permission(), demand.known(), false);
        }
        String scope = filled.get();
        return switch (demand.permission()) {
            case "network-access" -> demand.isOpen() ? origin(scope) : new Target("network-access", scope, true);
            case "process-start" -> new Target("process-start", firstWord(scope), true);
            default -> new Target(demand.permission(), scope, !scope.isEmpty() && !ACCESSES.contains(scope));
        };
    }

    /** The JDK takes a file of another host from there, by FTP. */
    private static Target file(URI uri) {
        String host = uri.getHost();
        if (uri.getRawAuthority() != null && !"localhost".equalsIgnoreCase(host)) {
            return host == null
                    ? new Target("network-access", "", false)
                    : new Target("network-access", "ftp://" + host, true);
        }
        return uri.getPath() == null
                ? new Target("file-access", "read", false)
                : new Target("file-access", "read:" + uri.getPath(), true);
    }

    /** The jar that an entry is in. */
    private static String ofJar(String entry) {
        int end = entry.indexOf("!/");
        return end < 0 ? entry : entry.substring(0, end);
    }

    private static String firstWord(String command) {
        int blank = command.strip().indexOf(' ');
        return blank < 0 ? command.strip() : command.strip().substring(0, blank);
    }

    /** Scheme, host and port of an address; of one that names a file, that file. */
    private static Target origin(String address) {
        Target unknown = new Target("network-access", "", false);
        try {
            URI uri = new URI(address);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (scheme.equals("file")) {
                return file(uri);
            }
            if (scheme.equals("jar")) {
                return origin(ofJar(uri.getRawSchemeSpecificPart()));
            }
            if (scheme.equals("jdbc")) {
                return origin(uri.getRawSchemeSpecificPart());
            }
            String authority = uri.getRawAuthority();
            if (scheme.isEmpty() || authority == null) {
                return unknown;
            }
            int user = authority.lastIndexOf('@');
            return new Target("network-access", scheme + "://" + authority.substring(user + 1), true);
        } catch (URISyntaxException e) {
            return unknown; // no address, whatever it is
        }
    }
}
