package io.dataprism.it.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The original page's sentences, the page itself, and
 * the rows of docs/plugin-architecture.md that say what became of them.
 */
final class PageMap {
    private static final Pattern LINE = Pattern.compile("(?m)^([A-Z]\\d+) +(\\S.*)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|([^|\\n]*)\\|([^|\\n]*)\\|([^|\\n]*)\\|([^|\\n]*)\\|$");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*)(?:\\.(\\w+))?`");

    private static final Pattern WORD = Pattern.compile("\\w{4,}");

    private PageMap() {}

    /**
     * A class or a member of it that a row names.
     *
     * @param member empty where the class itself is meant
     */
    record Name(String type, String member) {
        @Override
        public String toString() {
            return member.isEmpty() ? type : type + "." + member;
        }
    }

    /**
     * One row.
     *
     * @param ids of the sentences that it is about; none for what goes beyond the page
     * @param test the tests, or when it comes
     */
    record Row(List<String> ids, String page, String here, String test) {
        List<Name> classes() {
            return names(here);
        }

        List<Name> tests() {
            return names(test);
        }

        /**
         * What the page calls it, in lower case: each name of four letters or more; in a row of several names any of them will do.
         */
        Set<String> wordsOfThePage() {
            Set<String> words = new TreeSet<>();
            WORD.matcher(page).results().forEach(word -> words.add(word.group().toLowerCase(Locale.ROOT)));
            return words;
        }

        /** Whether it says that this comes with a later capability, and nothing else. */
        boolean isLater() {
            return test.matches("later: [CD]");
        }

        private static List<Name> names(String cell) {
            return NAME.matcher(cell)
                    .results()
                    .map(name -> new Name(name.group(1), name.group(2) == null ? "" : name.group(2)))
                    .toList();
        }
    }

    /** What the page says, by the sentence's id. */
    static Map<String, String> sentences() {
        return LINE.matcher(read("original-page.txt"))
                .results()
                .collect(Collectors.toMap(
                        line -> line.group(1),
                        line -> line.group(2),
                        (first, next) -> first + "\n" + next,
                        TreeMap::new));
    }

    /** The page as it was written. */
    static String wholePage() {
        return read("original-page-whole.txt");
    }

    /** All that the lines with ids and the headings say, in their order, without white space. */
    static String listed() {
        String lines = read("original-page.txt");
        return squeezed(lines.substring(lines.indexOf("# Plugin Architecture")).replaceAll("(?m)^[A-Z]\\d+ +", ""));
    }

    /** The same of the page itself, without lines of brackets alone and the borders of code. */
    static String written() {
        return squeezed(wholePage().replaceAll("(?m)^```.*$", "").replaceAll("(?m)^\\W*$", ""));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s", "");
    }

    private static String read(String resource) {
        try (InputStream page = PageMap.class.getResourceAsStream(resource)) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Row> rows() {
        String map = Repository.read(Repository.ROOT.resolve("docs/plugin-architecture.md"));
        return ROW.matcher(map)
                .results()
                .filter(PageMap::isNoHead)
                .map(PageMap::row)
                .toList();
    }

    private static boolean isNoHead(MatchResult row) {
        return !row.group(1).strip().equals("id") && !row.group(1).startsWith("---");
    }

    private static Row row(MatchResult cells) {
        String ids = cells.group(1).strip();
        return new Row(
                ids.isEmpty() ? List.of() : List.of(ids.split(", ")),
                cells.group(2).strip(),
                cells.group(3).strip(),
                cells.group(4).strip());
    }
}
