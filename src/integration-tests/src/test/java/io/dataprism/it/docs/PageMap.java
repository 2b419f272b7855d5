package io.dataprism.it.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The original page's sentences, and the rows of docs/plugin-architecture.md that say what became of them. */
final class PageMap {
    private static final Pattern LINE = Pattern.compile("(?m)^([A-Z]\\d+) +(\\S.*)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|([^|\\n]*)\\|([^|\\n]*)\\|([^|\\n]*)\\|([^|\\n]*)\\|$");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*)(?:\\.(\\w+))?`");

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

        /** Whether it says that this comes with a later capability, and nothing else. */
        boolean isLater() {
            return test.matches("later: [BCD]");
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
        return LINE.matcher(originalPage())
                .results()
                .collect(Collectors.toMap(
                        line -> line.group(1),
                        line -> line.group(2),
                        (first, next) -> first + "\n" + next,
                        TreeMap::new));
    }

    private static String originalPage() {
        try (InputStream page = PageMap.class.getResourceAsStream("original-page.txt")) {
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
