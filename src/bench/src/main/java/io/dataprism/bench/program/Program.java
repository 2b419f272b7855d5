package io.dataprism.bench.program;

import io.dataprism.bench.row.Metric;
import io.vertx.core.json.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** What all programs do at their end. */
final class Program {
    private Program() {}

    /** Print the result for whoever started this process. */
    static void print(Map<Metric, Double> values) {
        JsonObject json = new JsonObject();
        values.forEach((metric, value) -> json.put(metric.name(), value));
        say(json.encode());
    }

    /** Print a line on the standard output. */
    static void say(String line) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println(line);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
