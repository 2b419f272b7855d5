package io.dataprism.kernel.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table in docs/security.md against the tests that it names, and these against it. */
final class ServiceAttacksTableTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");
    private static final Pattern TEST = Pattern.compile("@Test\\s+(?:@\\w+\\([^)]*\\)\\s+)?void (\\w+)\\(");

    private static String table() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/security.md"));
        int from = page.indexOf("## Attacks on the kernel's services");
        return page.substring(from, page.indexOf("\n## ", from + 1));
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith("Test.java")).toList();
        }
    }

    @Test
    void eachNamedTestIsThere() throws IOException {
        List<Path> sources = new ArrayList<>(sources(ROOT.resolve("src/kernel/src/test")));
        sources.addAll(sources(ROOT.resolve("verticles")));
        Matcher named = NAMED.matcher(table());
        int count = 0;
        while (named.find()) {
            String name = named.group(1);
            Path source = sources.stream()
                    .filter(file -> file.endsWith(name + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no " + name));
            String method = named.group(2);
            assertTrue(
                    method == null || Files.readString(source).contains(" void " + method + "("),
                    () -> name + " has no test " + method);
            count++;
        }
        assertTrue(count > 30, "the table names " + count + " tests");
    }

    @Test
    void eachTestOfTheseIsInTheTable() throws IOException {
        String table = table();
        List<String> missing = new ArrayList<>();
        for (Path source : sources(Path.of("src/test/java/io/dataprism/kernel/attacks"))) {
            String type = source.getFileName().toString().replace(".java", "");
            Matcher tests = TEST.matcher(Files.readString(source));
            while (!type.equals("ServiceAttacksTableTest") && tests.find()) {
                if (!table.contains("`" + type + "." + tests.group(1) + "`") && !isControl(tests.group(1))) {
                    missing.add(type + "." + tests.group(1));
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    /** What shows that the attacks could succeed. */
    private static boolean isControl(String test) {
        return test.equals("aNaiveReceiverRunsItsCode")
                || test.equals("namesOfEqualHashesAreALotOfWorkForAnImmutableSet");
    }
}
