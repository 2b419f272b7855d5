package io.dataprism.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Links between documents lead somewhere, and every page of docs can be reached from its index. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("(?<!`)!?\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");

    @Test
    @DisplayName("Next Steps: Security Best Practices and all others: every link leads somewhere")
    void everyLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        Repository.documents()
                .forEach(document -> links(document).stream()
                        .filter(link -> !leadsSomewhere(document, link))
                        .forEach(link -> broken.add(Repository.shown(document) + " → " + link)));
        assertEquals(List.of(), broken);
    }

    @Test
    void everyPageOfDocsCanBeReachedFromTheIndex() {
        Path docs = Repository.ROOT.resolve("docs");
        Set<Path> reached = new TreeSet<>();
        reach(docs.resolve("index.md"), reached);
        Set<Path> pages = Repository.documents().stream()
                .filter(page -> page.startsWith(docs))
                .filter(page -> !reached.contains(page))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), pages, "pages that docs/index.md does not lead to");
    }

    private static void reach(Path page, Set<Path> reached) {
        if (!page.toString().endsWith(".md") || !Files.exists(page) || !reached.add(page)) {
            return;
        }
        links(page).stream()
                .filter(link -> !isOutside(link))
                .map(link -> link.replaceFirst("#.*", ""))
                .filter(link -> !link.isEmpty())
                .forEach(link -> reach(page.resolveSibling(link).normalize(), reached));
    }

    private static List<String> links(Path document) {
        List<String> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(withoutCode(document));
        while (matcher.find()) {
            links.add(matcher.group(1));
        }
        return links;
    }

    private static String withoutCode(Path document) {
        return CODE.matcher(Repository.read(document)).replaceAll("");
    }

    private static boolean isOutside(String link) {
        return link.startsWith("http://") || link.startsWith("https://") || link.startsWith("mailto:");
    }

    private static boolean leadsSomewhere(Path document, String link) {
        if (isOutside(link)) {
            return true;
        }
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** The anchors that a forge makes of a page's headings. */
    private static Set<String> anchors(Path page) {
        Set<String> anchors = new TreeSet<>();
        Matcher matcher = HEADING.matcher(withoutCode(page));
        while (matcher.find()) {
            anchors.add(matcher.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }
}
