package io.dataprism.it.docs;

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

/**
 * Every Java example of every document compiles. One that declares a type is a file of its own; any other is the body of a method that
 * has a {@code kernel}, a {@code vertx} and a plugin's {@code context}.
 */
class JavaExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public |final |abstract )*(?:class|interface|record|enum) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ");
    private static final Pattern IMPORTS = Pattern.compile("(?m)^import .*;\\n");

    @TempDir
    static Path classes;

    @TestFactory
    @DisplayName("Next Steps: Plugin Development Guide, Plugin API Reference, Testing Plugins: every example compiles")
    Stream<DynamicTest> everyExampleCompiles() {
        return Repository.documents().stream().flatMap(JavaExamplesTest::examples);
    }

    private static Stream<DynamicTest> examples(Path document) {
        return BLOCK.matcher(Repository.read(document))
                .results()
                .map(block -> DynamicTest.dynamicTest(
                        Repository.shown(document) + " line " + lineOf(document, block.start()),
                        () -> compile(block.group(1))));
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
                import java.time.Duration;
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
