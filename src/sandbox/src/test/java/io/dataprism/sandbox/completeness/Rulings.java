package io.dataprism.sandbox.completeness;

import io.dataprism.sandbox.rules.ResourceLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was said of methods that were looked at, and why, from a list beside this class. A line each, two blanks before the reason:
 *
 * <pre>
 * harmless sun.font.*.*                                          it reads the fonts of the JDK and of the machine
 * object   java.net.Socket.getLocalAddress|getLocalSocketAddress  to connect it has a rule
 * agent    java.net.URL.hashCode since 22                         what it leads to asks the second layer
 * FILES    java.io.FileInputStream.open0                          it reaches a file by its name
 * </pre>
 *
 * {@code *} stands for any letters; where no parameters are named, all methods of the name are meant. {@code since 22} and {@code before 24} say
 * which releases of Java have it. The first line that is about a method holds. Not safe for several threads at a time.
 */
final class Rulings {
    private static final Pattern LINE = Pattern.compile(
            "(\\w+) +(\\S+?)\\.([^.()\\s]+)(\\(\\S*\\))?(?: since (\\d+))?(?: before (\\d+))? {2,}(\\S.*)");

    private final List<Ruling> all = new ArrayList<>();

    /** One line. */
    static final class Ruling {
        /** What is said: the line's first word. */
        final String verdict;

        private final String line;
        private final String begin;
        private final Pattern pattern;
        private boolean used;

        private Ruling(Matcher line) {
            this.line = line.group();
            verdict = line.group(1);
            String type = line.group(2) + ".";
            begin = type.contains("*") ? type.substring(0, type.indexOf('*')) : type;
            String parameters = line.group(4);
            pattern = Pattern.compile(any(type)
                    + "(?:" + any(line.group(3)).replace("\\|", "|") + ")"
                    + (parameters == null ? "\\(.*" : any(parameters)));
        }

        private static String any(String text) {
            return text.replaceAll("[^\\w*]", "\\\\$0").replace("*", ".*");
        }

        private boolean matches(String method) {
            return method.startsWith(begin) && pattern.matcher(method).matches();
        }
    }

    private Rulings() {}

    /**
     * Those for a release of Java.
     *
     * @throws IllegalStateException where a line is none
     */
    static Rulings read(String list, int release) {
        return of(list, ResourceLines.of(Rulings.class, list), release);
    }

    static Rulings of(String list, List<String> lines, int release) {
        Rulings rulings = new Rulings();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalStateException(list + ": '" + line
                        + "' is no ruling: expected 'VERDICT TYPE.METHOD  WHY', with two blanks before the reason");
            }
            String since = matcher.group(5);
            String before = matcher.group(6);
            if ((since == null || Integer.parseInt(since) <= release)
                    && (before == null || release < Integer.parseInt(before))) {
                rulings.all.add(new Ruling(matcher));
            }
        }
        return rulings;
    }

    /** The first that is about a method, which counts as used then. */
    Optional<Ruling> about(String method) {
        for (Ruling ruling : all) {
            if (ruling.matches(method)) {
                ruling.used = true;
                return Optional.of(ruling);
            }
        }
        return Optional.empty();
    }

    /** Those that were about nothing. */
    List<String> unused() {
        return all.stream()
                .filter(ruling -> !ruling.used)
                .map(ruling -> ruling.line)
                .toList();
    }
}
