package io.dataprism.app.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run of the launcher by a POSIX shell. */
final class Launched implements AutoCloseable {
    private static final int SECONDS = 120;

    private final Process process;
    private final Path out;
    private final Path err;

    private Launched(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** How it ended and what it printed. */
    record End(int exitCode, String out, String err) {}

    /** @param environment all that the launcher finds there, beside what it takes to run at all */
    static Launched start(Path launcher, Map<String, String> environment, String... args) throws IOException {
        Path folder = Files.createTempDirectory("launched");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> words = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        words.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("JAVA_HOME|DATAPRISM_.*|MAVEN_(OPTS|ARGS)"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DATAPRISM_MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        builder.environment().putAll(environment);
        return new Launched(builder.start(), out, err);
    }

    static End run(Path launcher, Map<String, String> environment, String... args) throws Exception {
        try (Launched launched = start(launcher, environment, args)) {
            launched.process.getOutputStream().close();
            return launched.end();
        }
    }

    /** End its input, and wait for its end. */
    End end() throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("It did not end. It printed: " + out() + Files.readString(err));
        }
        return new End(process.exitValue(), out(), Files.readString(err));
    }

    long pid() {
        return process.pid();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
