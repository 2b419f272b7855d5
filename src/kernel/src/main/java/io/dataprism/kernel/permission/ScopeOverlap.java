package io.dataprism.kernel.permission;

import io.dataprism.kernel.permission.ScopeMatcher.Origin;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Tells whether two scopes of one form have anything in common. It says no only where nothing can be within both: whoever denies one of them
 * relies on that.
 */
final class ScopeOverlap {
    private static final String ANY_DEPTH = "**";

    private ScopeOverlap() {}

    static boolean overlap(PermissionName.Scope form, String one, String other) {
        if (one.isEmpty() || other.isEmpty()) {
            return true;
        }
        return switch (form) {
            case NONE -> true;
            case TOPIC, CLASS -> words(one.split("\\.", -1), other.split("\\.", -1));
            case ROUTE, PATH -> words(one.split("/", -1), other.split("/", -1));
            case CALL -> parts(one.split(":", -1), other.split(":", -1));
            case ORIGIN -> origins(Origin.of(one), Origin.of(other));
            case NAME -> globs(one, other);
            case ACCESS -> one.equals(other);
            case FILE -> accesses(one, other) && (bothBare(one, other) || files(after(one), after(other)));
            case PROPERTY -> accesses(one, other) && (bothBare(one, other) || globs(after(one), after(other)));
        };
    }

    /** Whether one of them names nothing but its access, which is everything. */
    private static boolean bothBare(String one, String other) {
        return one.indexOf(':') < 0 || other.indexOf(':') < 0;
    }

    private static String after(String scope) {
        return scope.substring(scope.indexOf(':') + 1);
    }

    private static boolean accesses(String one, String other) {
        return same(access(one), access(other));
    }

    private static String access(String scope) {
        int colon = scope.indexOf(':');
        return colon < 0 ? scope : scope.substring(0, colon);
    }

    /** As they are written, and as paths from the root: a relative one is meant from the node's working folder. */
    private static boolean files(String one, String other) {
        return words(one.split("/", -1), other.split("/", -1))
                || (isAbsolute(one) != isAbsolute(other)
                        && words(absolute(one).split("/", -1), absolute(other).split("/", -1)));
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("/") || path.matches("[A-Za-z]:/.*");
    }

    private static String absolute(String path) {
        return isAbsolute(path) ? path : Here.FOLDER + "/" + path;
    }

    /** The node's working folder, which is the same as long as it lives. */
    private static final class Here {
        static final String FOLDER = folder().toString().replace(File.separatorChar, '/');

        private static Path folder() {
            try {
                return Path.of("").toRealPath();
            } catch (IOException e) {
                // It was removed; what is relative to it is named as before.
                return Path.of("").toAbsolutePath();
            }
        }
    }

    private static boolean parts(String[] one, String[] other) {
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            if (!globs(one[i], other[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean origins(Origin one, Origin other) {
        return same(one.scheme(), other.scheme()) && same(one.port(), other.port()) && hosts(one.host(), other.host());
    }

    private static boolean same(String one, String other) {
        return one.equals("*") || other.equals("*") || one.equals(other);
    }

    private static boolean hosts(String one, String other) {
        if (one.startsWith("*.")) {
            return other.equals("*")
                    || other.endsWith(one.substring(1))
                    || (other.startsWith("*.") && one.endsWith(other.substring(1)));
        }
        return other.startsWith("*.") ? hosts(other, one) : same(one, other);
    }

    /** Whether some words fit both; {@code **} is any number of them, at the end at least one. */
    private static boolean words(String[] one, String[] other) {
        // fits[i][j]: some words fit both what begins at i and what begins at j
        boolean[][] fits = new boolean[one.length + 1][other.length + 1];
        for (int i = one.length; i >= 0; i--) {
            for (int j = other.length; j >= 0; j--) {
                fits[i][j] = words(one, i, other, j, fits);
            }
        }
        return fits[0][0];
    }

    private static boolean words(String[] one, int i, String[] other, int j, boolean[][] fits) {
        if (i == one.length && j == other.length) {
            return true;
        }
        if (isRest(one, i) || isRest(other, j)) {
            return i < one.length && j < other.length;
        }
        if (isAny(one, i) || isAny(other, j)) {
            // It is no words, or takes one of the other's.
            return (i < one.length && fits[i + 1][j]) || (j < other.length && fits[i][j + 1]);
        }
        return i < one.length
                && j < other.length
                && one[i].isEmpty() == other[j].isEmpty()
                && globs(one[i], other[j])
                && fits[i + 1][j + 1];
    }

    private static boolean isAny(String[] words, int at) {
        return at < words.length && words[at].equals(ANY_DEPTH);
    }

    private static boolean isRest(String[] words, int at) {
        return at == words.length - 1 && isAny(words, at);
    }

    /** Whether some text fits both; {@code *} is any characters, or none. */
    private static boolean globs(String one, String other) {
        if (one.indexOf('*') < 0 && other.indexOf('*') < 0) {
            return one.equals(other);
        }
        boolean[][] fits = new boolean[one.length() + 1][other.length() + 1];
        for (int i = one.length(); i >= 0; i--) {
            for (int j = other.length(); j >= 0; j--) {
                fits[i][j] = globs(one, i, other, j, fits);
            }
        }
        return fits[0][0];
    }

    private static boolean globs(String one, int i, String other, int j, boolean[][] fits) {
        if (i == one.length() || j == other.length() || one.charAt(i) == '*' || other.charAt(j) == '*') {
            boolean starOfOne = i < one.length() && one.charAt(i) == '*';
            boolean starOfOther = j < other.length() && other.charAt(j) == '*';
            return (i == one.length() && j == other.length())
                    || ((starOfOne || starOfOther)
                            && ((i < one.length() && fits[i + 1][j]) || (j < other.length() && fits[i][j + 1])));
        }
        return one.charAt(i) == other.charAt(j) && fits[i + 1][j + 1];
    }
}
