package io.dataprism.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.Caller;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** docs/control.md and the Javadoc of KernelControl name the operations that a kernel has, and no others. */
@ExtendWith(VertxExtension.class)
class ControlOperationsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+:[a-z]+)` \\|");
    private static final Pattern IN_JAVADOC = Pattern.compile("<tr><td>([a-z]+):([a-z]+(?:, [a-z]+)*)</td>");
    private static final Pattern LISTED = Pattern.compile(" There are (.*)\\.$");

    /** Of {@code ./dataprism run}, not of a kernel. */
    private static final Set<String> OF_THE_PROGRAM =
            Set.of("config:status", "node:log", "node:threads", "plugins:level");

    private static Set<String> known(Vertx vertx) {
        TestKernel kernel = TestKernel.on(vertx);
        try {
            String refusal = Await.failure(
                            "an operation that there is not",
                            kernel.kernel().control().invoke(Caller.OPERATOR, "no", "such", new JsonObject()))
                    .getMessage();
            Matcher listed = LISTED.matcher(refusal);
            return listed.find() ? new TreeSet<>(Set.of(listed.group(1).split(", "))) : Set.of();
        } finally {
            kernel.close();
        }
    }

    @Test
    void eachIsDocumented(Vertx vertx) {
        Set<String> documented = ROW.matcher(Repository.read(Repository.ROOT.resolve("docs/control.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = known(vertx);
        expected.addAll(OF_THE_PROGRAM);
        assertEquals(expected, documented);
    }

    @Test
    void eachStandsInTheJavadoc(Vertx vertx) {
        String source = Repository.read(
                Repository.ROOT.resolve("src/kernel/src/main/java/io/dataprism/kernel/KernelControl.java"));
        Set<String> told = IN_JAVADOC
                .matcher(source)
                .results()
                .flatMap(row -> Set.of(row.group(2).split(", ")).stream().map(verb -> row.group(1) + ":" + verb))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(known(vertx), told);
    }
}
