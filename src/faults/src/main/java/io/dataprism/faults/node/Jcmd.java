package io.dataprism.faults.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the JDK's own tools tell of a node's JVM. */
public final class Jcmd {
    private static final Pattern THREAD = Pattern.compile("(?m)^\"([^\"]+)\" ");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Jcmd() {}

    /** The names of its threads. */
    public static List<String> threads(long pid) {
        return THREAD.matcher(run("jcmd", Long.toString(pid), "Thread.print"))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** How many bytes its classes take, after a collection. */
    public static long metaspace(long pid) {
        run("jcmd", Long.toString(pid), "GC.run");
        List<String> lines =
                run("jstat", "-gc", Long.toString(pid)).strip().lines().toList();
        String used = words(lines.get(1)).get(words(lines.get(0)).indexOf("MU"));
        return Math.round(Double.parseDouble(used.replace(',', '.')) * 1024);
    }

    private static List<String> words(String line) {
        return List.of(SPACE.split(line.strip(), -1));
    }

    private static String run(String tool, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", tool).toString());
            builder.command().addAll(List.of(arguments));
            Process process = builder.redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(tool + " " + List.of(arguments) + " failed: " + out);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
