package io.dataprism.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/plugin-architecture.md names what exists: each class and method of the second column, each test of the third. */
class PageMapTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|$");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*)(?:\\.(\\w+))?`");
    private static final Pattern PAGE_TEST =
            Pattern.compile("@Test\\s+@DisplayName\\(\\s*\"[^\"]*\"\\)\\s+void (\\w+)");

    private static List<MatchResult> rows() {
        String page = Repository.read(Repository.ROOT.resolve("docs/plugin-architecture.md"));
        return ROW.matcher(page)
                .results()
                .filter(row ->
                        !row.group(3).contains("---") && !row.group(3).strip().equals("test"))
                .toList();
    }

    private static Map<String, Path> byName(List<Path> files) {
        return files.stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""), file -> file, (one, other) -> one));
    }

    private static List<String> missing(int column, List<Path> files, Predicate<String> row) {
        Map<String, Path> types = byName(files);
        List<String> missing = new ArrayList<>();
        rows().stream()
                .map(found -> found.group(column))
                .filter(row)
                .forEach(cell -> NAME.matcher(cell)
                        .results()
                        .filter(name -> !exists(types.get(name.group(1)), name.group(2)))
                        .forEach(name -> missing.add(name.group())));
        return missing;
    }

    private static boolean exists(Path file, String member) {
        return file != null
                && (member == null
                        || Pattern.compile("\\b" + member + "\\(")
                                .matcher(Repository.read(file))
                                .find());
    }

    @Test
    void everyClassAndMethodNamedExists() {
        assertEquals(List.of(), missing(2, Repository.sources(), cell -> true));
    }

    @Test
    void everyTestNamedExists() {
        assertEquals(List.of(), missing(3, Repository.tests(), cell -> true));
    }

    @Test
    void everyRowHasATestOrSaysWhenItComes() {
        List<String> without = rows().stream()
                .filter(row -> !row.group(3).contains("`") && !row.group(3).matches(" later: [CD] "))
                .map(MatchResult::group)
                .toList();
        assertEquals(List.of(), without);
        assertTrue(rows().size() > 80, "the page has more than that: " + rows().size());
    }

    @Test
    void everyTestOfThePageIsInTheMap() {
        String map = Repository.read(Repository.ROOT.resolve("docs/plugin-architecture.md"));
        TreeSet<String> lacking = new TreeSet<>();
        Repository.tests().stream()
                .filter(file -> file.getParent().endsWith("it/page"))
                .forEach(file -> PAGE_TEST
                        .matcher(Repository.read(file))
                        .results()
                        .forEach(test -> {
                            String name = file.getFileName().toString().replace(".java", "") + "." + test.group(1);
                            if (!map.contains("`" + name + "`")) {
                                lacking.add(name);
                            }
                        }));
        assertEquals(new TreeSet<String>(), lacking);
    }
}
