package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DocumentationTool;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API reference is made, and no link or tag in it is broken. */
class JavadocTest {
    private static final Path SOURCES = Path.of("src/main/java/io/dataprism/api");

    @TempDir
    Path reference;

    @Test
    void everyLinkInItLeadsSomewhere() throws Exception {
        DocumentationTool javadoc = ToolProvider.getSystemDocumentationTool();
        StringWriter told = new StringWriter();
        boolean made;
        try (StandardJavaFileManager files = javadoc.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
                Stream<Path> sources = Files.list(SOURCES)) {
            List<String> options = List.of(
                    "-Xdoclint:all,-missing",
                    "-Werror",
                    "-quiet",
                    "-d",
                    reference.toString(),
                    "-classpath",
                    System.getProperty("java.class.path"));
            made = javadoc.getTask(
                            told,
                            files,
                            null,
                            null,
                            options,
                            files.getJavaFileObjectsFromPaths(sources.sorted().toList()))
                    .call();
        }
        assertTrue(made, told.toString());
        assertTrue(Files.exists(reference.resolve("io/dataprism/api/PluginContext.html")), told.toString());
    }
}
