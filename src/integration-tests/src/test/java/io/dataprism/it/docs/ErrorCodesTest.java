package io.dataprism.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The codes of the sources and those of docs/errors.md are the same, and each has a cause and a remedy. */
class ErrorCodesTest {
    private static final Pattern IN_SOURCE = Pattern.compile("\"(DP-\\d{4})\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(DP-\\d{4})` \\|(.*)\\|$");

    private static Map<String, String> inSources() {
        Map<String, String> codes = new TreeMap<>();
        Repository.sourcesAndSchemas().forEach(file -> {
            Matcher matcher = IN_SOURCE.matcher(Repository.read(file));
            while (matcher.find()) {
                codes.putIfAbsent(matcher.group(1), Repository.shown(file));
            }
        });
        return codes;
    }

    private static Map<String, List<String>> inDocs() {
        Map<String, List<String>> rows = new TreeMap<>();
        Matcher matcher = ROW.matcher(Repository.read(Repository.ROOT.resolve("docs/errors.md")));
        while (matcher.find()) {
            List<String> cells = new ArrayList<>();
            for (String cell : matcher.group(2).split("(?<!\\\\)\\|")) {
                cells.add(cell.strip());
            }
            assertFalse(rows.containsKey(matcher.group(1)), matcher.group(1) + " stands twice in docs/errors.md");
            rows.put(matcher.group(1), cells);
        }
        return rows;
    }

    @Test
    void everyCodeOfTheSourcesIsDocumented() {
        Map<String, String> lacking = new TreeMap<>(inSources());
        lacking.keySet().removeAll(inDocs().keySet());
        assertEquals(Map.of(), lacking, "codes (with where they are used) that docs/errors.md lacks");
    }

    @Test
    void everyDocumentedCodeIsUsed() {
        TreeSet<String> unused = new TreeSet<>(inDocs().keySet());
        unused.removeAll(inSources().keySet());
        assertEquals(new TreeSet<String>(), unused, "codes of docs/errors.md that nothing reports");
    }

    @Test
    void everyDocumentedCodeSaysWhatHappenedWhyAndWhatToDo() {
        inDocs().forEach((code, cells) -> {
            assertEquals(3, cells.size(), code + ": meaning, cause, remedy");
            assertFalse(cells.contains(""), code + " has an empty cell");
        });
    }
}
