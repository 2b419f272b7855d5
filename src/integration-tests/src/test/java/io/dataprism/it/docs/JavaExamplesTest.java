package io.dataprism.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every Java example of every document compiles, and every one in the Javadoc. One that declares a type is a file of its own; any other is the body of a method that
 * has a {@code kernel}, a {@code vertx} and a plugin's {@code context}.
 */
class JavaExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public |final |abstract )*(?:class|interface|record|enum) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ");
    private static final Pattern IMPORTS = Pattern.compile("(?m)^import .*;\\n");

    /** In the Javadoc of a type. */
    private static final Pattern IN_JAVADOC =
            Pattern.compile("(?ms)^ *\\* (?:<p>)?<pre>\\{@code$\\n(.*?)^ *\\* *\\}</pre>");

    private static final Pattern STAR = Pattern.compile("(?m)^ *\\* ?");
    private static final Path API = Repository.ROOT.resolve("src/plugin-api/src/main/java/io/dataprism/api");

    @TempDir
    static Path classes;

    @TestFactory
    @DisplayName("Next Steps: Plugin Development Guide, Plugin API Reference, Testing Plugins: every example compiles")
    Stream<DynamicTest> everyExampleCompiles() {
        return Repository.documents().stream().flatMap(document -> examples(document, BLOCK));
    }

    @TestFactory
    @DisplayName("Next Steps: Plugin API Reference: every example in the Javadoc compiles")
    Stream<DynamicTest> everyExampleInTheJavadocCompiles() {
        return Repository.sources().stream().flatMap(source -> examples(source, IN_JAVADOC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Plugin",
                "VisualizationPlugin",
                "DataProcessingPlugin",
                "IntegrationPlugin",
                "PluginContext",
                "Events",
                "Channels",
                "Calls",
                "Capabilities",
                "Tables",
                "PluginFiles",
                "Cache",
                "Tasks",
                "Timers"
            })
    void theTypesThatAPluginUsesMostHaveAnExample(String type) {
        assertEquals(1, examples(API.resolve(type + ".java"), IN_JAVADOC).count());
    }

    private static Stream<DynamicTest> examples(Path document, Pattern block) {
        return block.matcher(Repository.read(document))
                .results()
                .map(found -> DynamicTest.dynamicTest(
                        Repository.shown(document) + " line " + lineOf(document, found.start()),
                        () -> compile(
                                block == BLOCK
                                        ? found.group(1)
                                        : STAR.matcher(found.group(1)).replaceAll(""))));
    }

    private static long lineOf(Path document, int position) {
        return 1 + Repository.read(document).substring(0, position).lines().count();
    }

    private static void compile(String example) {
        Matcher type = TYPE.matcher(example);
        boolean isFile = type.find();
        String name = isFile ? type.group(1) : "Example";
        String source = isFile ? asFile(example) : asMethod(example);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        boolean compiled = compiler.getTask(
                        problems,
                        null,
                        null,
                        List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(new InMemory(name, source)))
                .call();
        assertTrue(compiled, () -> problems + "\nin\n" + source);
    }

    private static String asFile(String example) {
        return PACKAGE.matcher(example).find() ? example : imports() + example;
    }

    private static String asMethod(String example) {
        StringBuilder own = new StringBuilder();
        IMPORTS.matcher(example).results().forEach(found -> own.append(found.group()));
        return imports() + own
                + "@SuppressWarnings(\"unused\") class Example {\n"
                + "  Object example(Kernel kernel, Vertx vertx, PluginContext context) throws Exception {\n"
                + "    if (vertx != null) {\n"
                + IMPORTS.matcher(example).replaceAll("")
                + "    }\n    return \"\";\n  }\n}\n";
    }

    private static String imports() {
        return """
                import io.dataprism.api.*;
                import io.dataprism.kernel.*;
                import io.dataprism.kernel.lifecycle.*;
                import io.dataprism.kernel.registry.ArtifactSource;
                import io.vertx.core.*;
                import io.vertx.core.buffer.*;
                import io.vertx.core.json.*;
                import java.nio.file.Path;
                import java.time.*;
                import java.util.*;
                """;
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String source;

        InMemory(String name, String source) {
            super(URI.create("mem:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
