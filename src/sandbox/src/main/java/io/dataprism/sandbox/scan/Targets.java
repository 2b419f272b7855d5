package io.dataprism.sandbox.scan;

import io.dataprism.sandbox.classfile.Descriptors;
import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.rules.Demand;
import io.dataprism.sandbox.rules.Outcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Targets as constants tell them, in the form that scopes have. */
final class Targets {
    /** A scope that says what is done, and not to what. */
    private static final Set<String> ACCESSES = Set.of("read", "write");

    private Targets() {}

    /** What an object or a result stands for. */
    static Optional<String> meant(MemberReference called, Outcome.Means means, List<Optional<String>> arguments) {
        List<String> parameters = Descriptors.parameters(called.descriptor());
        for (int i = 0; i < parameters.size(); i++) {
            boolean rest = parameters.get(i).startsWith("[");
            if (rest && !arguments.get(i + 1).equals(Optional.of(""))) {
                return Optional.empty(); // further parts, which are not put together here
            }
        }
        return means.fill(i -> i + 1 < arguments.size() ? arguments.get(i + 1) : Optional.empty());
    }

    /** A permission with its scope, as far as it is known. */
    record Target(String permission, String scope, boolean whole) {}

    /** What a call takes by {@code demand}, its scope filled in. */
    static Target of(Demand demand, Optional<String> filled) {
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
                return new Target("file-access", "read:" + uri.getPath(), true);
            }
            if (scheme.equals("jar") || scheme.equals("jdbc")) {
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
