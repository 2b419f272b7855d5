package io.dataprism.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.it.docs.PageMap.Name;
import io.dataprism.it.docs.PageMap.Row;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/plugin-architecture.md leaves no sentence of the original page out, and what it names exists: each class and method of the
 * third column, each test of the fourth, which runs.
 */
class PageMapTest {
    private static final List<Row> ROWS = PageMap.rows();
    private static final Map<String, List<Path>> SOURCES = byName(Repository.sources());
    private static final Map<String, List<Path>> TESTS = byName(Repository.tests());

    private static final Map<Path, JavaType> READ = new HashMap<>();

    private static JavaType read(Path file) {
        return READ.computeIfAbsent(file, JavaType::in);
    }

    private static Map<String, List<Path>> byName(List<Path> files) {
        return files.stream()
                .filter(file -> !file.endsWith("package-info.java") && !file.endsWith("module-info.java"))
                .collect(Collectors.groupingBy(PageMapTest::name));
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    /** The rows whose names {@code of} fits none of {@code files}. */
    private static Set<String> unfit(
            Function<Row, List<Name>> of, Map<String, List<Path>> files, Function<Name, Predicate<JavaType>> fits) {
        Set<String> unfit = new TreeSet<>();
        for (Row row : ROWS) {
            for (Name name : of.apply(row)) {
                if (files.getOrDefault(name.type(), List.of()).stream()
                        .map(PageMapTest::read)
                        .noneMatch(fits.apply(name))) {
                    unfit.add(name + " in '" + row.page() + "'");
                }
            }
        }
        return unfit;
    }

    @Test
    void everySentenceOfThePageHasARow() {
        Map<String, String> lacking = new TreeMap<>(PageMap.sentences());
        assertTrue(lacking.size() > 100, "the page says more than " + lacking.size() + " sentences");
        ROWS.forEach(row -> row.ids().forEach(lacking::remove));
        assertEquals(Map.of(), lacking, "sentences that docs/plugin-architecture.md lacks");
    }

    @Test
    void everyRowIsAboutASentenceOfThePage() {
        Set<String> unknown = new TreeSet<>();
        ROWS.forEach(row -> unknown.addAll(row.ids()));
        unknown.removeAll(PageMap.sentences().keySet());
        assertEquals(Set.of(), unknown, "ids that the page does not have");
    }

    @Test
    void everyClassAndMethodNamedExists() {
        assertEquals(
                Set.of(),
                unfit(
                        Row::classes,
                        SOURCES,
                        name -> type ->
                                name.member().isEmpty() || type.members().contains(name.member())));
    }

    @Test
    void everyTestNamedRuns() {
        assertEquals(
                Set.of(), unfit(Row::tests, TESTS, name -> type -> type.tests().contains(name.member())));
    }

    @Test
    void everyRowHasATestOrSaysWhenItComes() {
        assertEquals(
                List.of(),
                ROWS.stream()
                        .filter(row -> row.tests().isEmpty() != row.isLater())
                        .toList());
    }

    @Test
    void everyTestOfThePageIsInTheMap() {
        Set<String> lacking = new TreeSet<>();
        Repository.tests().stream()
                .filter(file ->
                        file.getParent().endsWith("it/page") && name(file).endsWith("Test"))
                .forEach(file -> read(file).tests().forEach(test -> lacking.add(name(file) + "." + test)));
        assertTrue(lacking.size() > 40, "there are more tests of the page than " + lacking);
        ROWS.forEach(row -> row.tests().forEach(test -> lacking.remove(test.toString())));
        assertEquals(Set.of(), lacking, "tests of the page that docs/plugin-architecture.md does not name");
    }
}
