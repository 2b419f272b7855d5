package io.dataprism.it.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.it.docs.PageMap.Name;
import io.dataprism.it.docs.PageMap.Row;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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
    private static final String PAGE = "af4c5efb0823f19f1dc3a36f78c6a51a4bc83230c569ee00ad470fcb64414547";
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
    void thePageIsTheOneThatWasWritten() throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(PageMap.wholePage().getBytes(UTF_8));
        assertEquals(PAGE, HexFormat.of().formatHex(hash));
    }

    @Test
    void theLinesWithIdsLackNothingOfThePage() {
        assertEquals(PageMap.written(), PageMap.listed());
    }

    @Test
    void everySentenceOfThePageHasARow() {
        Map<String, String> lacking = new TreeMap<>(PageMap.sentences());
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
                Set.of(), unfit(Row::tests, TESTS, name -> type -> type.tests().containsKey(name.member())));
    }

    /** A sentence's test is found by the page's words, not by the map alone. */
    @Test
    void everyRowHasATestThatNamesIt() {
        assertEquals(
                List.of(),
                ROWS.stream()
                        .filter(row -> !row.ids().isEmpty() && !row.tests().isEmpty())
                        .filter(row -> row.tests().stream()
                                .noneMatch(test -> row.wordsOfThePage().stream().anyMatch(shownWords(test)::contains)))
                        .map(row -> row.ids() + " " + row.page() + ": " + row.tests())
                        .toList());
    }

    private static String shownWords(Name test) {
        return TESTS.getOrDefault(test.type(), List.of()).stream()
                .map(file -> read(file).tests().getOrDefault(test.member(), ""))
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT);
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
                .forEach(file -> read(file).tests().keySet().forEach(test -> lacking.add(name(file) + "." + test)));
        assertTrue(lacking.size() > 40, "there are more tests of the page than " + lacking);
        ROWS.forEach(row -> row.tests().forEach(test -> lacking.remove(test.toString())));
        assertEquals(Set.of(), lacking, "tests of the page that docs/plugin-architecture.md does not name");
    }
}
