package io.dataprism.kernel.permission;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.function.Function;

/** Tells whether a granted scope holds a wanted one, which may be a pattern itself: then everything it can match must be held. */
sealed interface ScopeMatcher {

    boolean covers(String wanted);

    static ScopeMatcher of(PermissionName name, String scope) {
        if (scope.isEmpty() || (name.form() == PermissionName.Scope.TOPIC && scope.equals("**"))) {
            return new Everything();
        }
        return switch (name.form()) {
            case NONE -> new Everything();
            case ACCESS -> new Same(scope);
            case NAME -> new Glob(scope);
            case TOPIC, CLASS -> words(scope, '.');
            case PATH, ROUTE -> words(scope, '/');
            case CALL -> new Parts(scope.split(":", -1));
            case ORIGIN -> Origin.of(scope);
            case FILE -> Accessed.of(scope, path -> words(path, '/'));
            case PROPERTY -> Accessed.of(scope, Glob::new);
        };
    }

    private static ScopeMatcher words(String scope, char separator) {
        return scope.indexOf('*') < 0
                ? new Same(scope)
                : new Words(scope.split(separator == '.' ? "\\." : "/", -1), separator);
    }

    /** No scope: all that the name can mean. */
    record Everything() implements ScopeMatcher {
        @Override
        public boolean covers(String wanted) {
            return true;
        }
    }

    record Same(String scope) implements ScopeMatcher {
        @Override
        public boolean covers(String wanted) {
            return scope.equals(wanted);
        }
    }

    /**
     * Words with {@code *} for one and {@code **} for any number; at the end for at least one. The patterns come from manifests too, so no pattern
     * may take more steps than its words times the wanted ones.
     */
    final class Words implements ScopeMatcher {
        private final String[] words;
        private final char separator;

        Words(String[] words, char separator) {
            this.words = words;
            this.separator = separator;
        }

        @Override
        public boolean covers(String wanted) {
            return !wanted.isEmpty() && matches(wanted.split(separator == '.' ? "\\." : "/", -1));
        }

        private boolean matches(String[] given) {
            int at = 0;
            int from = 0;
            int lastAny = -1;
            int retryFrom = 0;
            while (from < given.length) {
                if (at < words.length && words[at].equals("**")) {
                    if (at == words.length - 1) {
                        return true;
                    }
                    lastAny = at++;
                    retryFrom = from;
                } else if (at < words.length && one(words[at], given[from])) {
                    at++;
                    from++;
                } else if (lastAny >= 0) {
                    // Let the last ** take one word more. Those before it need not: what they match earliest leaves the
                    // most to match.
                    at = lastAny + 1;
                    from = ++retryFrom;
                } else {
                    return false;
                }
            }
            while (at < words.length - 1 && words[at].equals("**")) {
                at++;
            }
            return at == words.length;
        }

        /** An empty part stands before the first slash of an absolute path, and matches nothing but its like. */
        private static boolean one(String word, String given) {
            return !given.equals("**") && (!given.isEmpty() || word.isEmpty()) && holds(word, given);
        }
    }

    /** A word in which each {@code *} stands for any characters, or none: {@code *}, {@code table-*}, {@code 20*-*.csv}. */
    private static boolean holds(String word, String given) {
        return word.indexOf('*') < 0 ? word.equals(given) : glob(word, given);
    }

    private static boolean glob(String word, String given) {
        int w = 0;
        int g = 0;
        int lastStar = -1;
        int retryFrom = 0;
        while (g < given.length()) {
            if (w < word.length() && word.charAt(w) == '*') {
                lastStar = w++;
                retryFrom = g;
            } else if (w < word.length() && word.charAt(w) == given.charAt(g)) {
                w++;
                g++;
            } else if (lastStar >= 0) {
                // Let the last star take one character more.
                w = lastStar + 1;
                g = ++retryFrom;
            } else {
                return false;
            }
        }
        while (w < word.length() && word.charAt(w) == '*') {
            w++;
        }
        return w == word.length();
    }

    /** {@code <plugin>:<capability>}; without the second part, all of the plugin's. */
    final class Parts implements ScopeMatcher {
        private final String[] parts;

        Parts(String[] parts) {
            this.parts = parts;
        }

        @Override
        public boolean covers(String wanted) {
            String[] given = wanted.split(":", -1);
            for (int i = 0; i < parts.length; i++) {
                if (i >= given.length || !holds(parts[i], given[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Scheme, host and port; a host {@code *.example.com} holds each name below it, but not itself. */
    record Origin(String scheme, String host, String port) implements ScopeMatcher {

        static Origin of(String scope) {
            int slashes = scope.indexOf("://");
            String scheme = slashes < 0 ? "" : scope.substring(0, slashes).toLowerCase(Locale.ROOT);
            String rest = slashes < 0 ? scope : scope.substring(slashes + 3);
            int colon = rest.endsWith("]") ? -1 : rest.lastIndexOf(':');
            String host = normal(colon < 0 ? rest : rest.substring(0, colon));
            return new Origin(scheme, host, colon < 0 ? defaultPort(scheme) : port(rest.substring(colon + 1)));
        }

        /** One host has one spelling, so that no other of it slips past what forbids it. */
        private static String normal(String host) {
            String lower = host.toLowerCase(Locale.ROOT);
            if (lower.startsWith("[")) {
                try {
                    // What stands in brackets is an address, which is looked up nowhere.
                    return InetAddress.getByName(lower).getHostAddress();
                } catch (UnknownHostException e) {
                    // No machine has it.
                    return lower;
                }
            }
            return lower.length() > 1 && lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        }

        private static String port(String port) {
            return port.equals("*") ? port : String.valueOf(Integer.parseInt(port));
        }

        private static String defaultPort(String scheme) {
            return switch (scheme) {
                case "http", "ws" -> "80";
                case "https", "wss" -> "443";
                default -> "*";
            };
        }

        @Override
        public boolean covers(String wanted) {
            Origin given = of(wanted);
            return part(scheme, given.scheme) && host(given.host) && part(port, given.port);
        }

        private static boolean part(String granted, String given) {
            return granted.equals("*") || granted.equals(given);
        }

        private boolean host(String given) {
            if (host.startsWith("*.")) {
                return given.length() > host.length() - 1 && given.endsWith(host.substring(1));
            }
            return part(host, given);
        }
    }

    /** A name in which {@code *} stands for anything. */
    record Glob(String name) implements ScopeMatcher {
        @Override
        public boolean covers(String wanted) {
            return !wanted.isEmpty() && holds(name, wanted);
        }
    }

    /** {@code read:<what>} or {@code write:<what>}, or {@code *} for both. */
    record Accessed(String access, ScopeMatcher what) implements ScopeMatcher {

        static Accessed of(String scope, Function<String, ScopeMatcher> matcher) {
            int colon = scope.indexOf(':');
            return colon < 0
                    ? new Accessed(scope, new Everything())
                    : new Accessed(scope.substring(0, colon), matcher.apply(scope.substring(colon + 1)));
        }

        @Override
        public boolean covers(String wanted) {
            int colon = wanted.indexOf(':');
            String wantedAccess = colon < 0 ? wanted : wanted.substring(0, colon);
            if (!access.equals("*") && !access.equals(wantedAccess)) {
                return false;
            }
            return colon < 0 ? what instanceof Everything : what.covers(wanted.substring(colon + 1));
        }
    }
}
