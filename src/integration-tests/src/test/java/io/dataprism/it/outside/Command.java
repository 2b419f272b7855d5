package io.dataprism.it.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a program outside this JVM, its output in a file. */
record Command(List<String> words, int exitCode, String output) {
    private static final int MINUTES = 5;

    static Command run(Path folder, List<String> words) {
        try {
            Path log = Files.createTempFile(folder, "run-", ".log");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().remove("MAVEN_OPTS");
            Process process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(
                        words + " did not end within " + MINUTES + " minutes:\n" + Files.readString(log));
            }
            return new Command(words, process.exitValue(), Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while " + words + " ran.", e);
        }
    }

    /** The JDK that runs this test. */
    static Command java(Path folder, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of(arguments));
        return run(folder, words);
    }

    Command mustSucceed() {
        assertEquals(0, exitCode, () -> String.join(" ", words) + "\n" + output);
        return this;
    }
}
