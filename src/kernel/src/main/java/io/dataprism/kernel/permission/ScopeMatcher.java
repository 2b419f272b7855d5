package io.dataprism.kernel.permission;

import java.util.Locale;

/** Tells whether a granted scope holds a wanted one, which may be a pattern itself: then everything it can match must be held. */
sealed interface ScopeMatcher {

    boolean covers(String wanted);

    static ScopeMatcher of(PermissionName name, String scope) {
        if (scope.isEmpty() || (name.form() == PermissionName.Scope.TOPIC && scope.equals("**"))) {
            return new Everything();
        }
        return switch (name.form()) {
            case NONE -> new Everything();
            case TOPIC -> scope.indexOf('*') < 0 ? new Same(scope) : new Words(scope.split("\\.", -1), '.');
            case CALL -> new Parts(scope.split(":", -1));
            case ORIGIN -> Origin.of(scope);
            case FILE -> FileScope.of(scope);
        };
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
            String host = (colon < 0 ? rest : rest.substring(0, colon)).toLowerCase(Locale.ROOT);
            return new Origin(scheme, host, colon < 0 ? defaultPort(scheme) : rest.substring(colon + 1));
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

    /** {@code read:<path>} or {@code write:<path>}, the path with wildcards. */
    record FileScope(String access, ScopeMatcher path) implements ScopeMatcher {

        static FileScope of(String scope) {
            int colon = scope.indexOf(':');
            if (colon < 0) {
                return new FileScope(scope, new Everything());
            }
            String path = scope.substring(colon + 1);
            return new FileScope(
                    scope.substring(0, colon),
                    path.indexOf('*') < 0 ? new Same(path) : new Words(path.split("/", -1), '/'));
        }

        @Override
        public boolean covers(String wanted) {
            int colon = wanted.indexOf(':');
            String wantedAccess = colon < 0 ? wanted : wanted.substring(0, colon);
            if (!access.equals("*") && !access.equals(wantedAccess)) {
                return false;
            }
            if (colon < 0) {
                return path instanceof Everything;
            }
            String wantedPath = wanted.substring(colon + 1);
            return !wantedPath.contains("..") && path.covers(wantedPath);
        }
    }
}
