package io.dataprism.attacks;

import io.dataprism.agent.Agent;
import io.dataprism.attacks.host.Host;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** A JVM of its own for attacks, and the line to it. It is ended when this is closed. One thread at a time. */
final class AttackedJvm implements AutoCloseable {
    private static final int START_MILLIS = 60_000;
    /** Longer than a trial may take. */
    private static final int SILENCE_MILLIS = 30_000;

    /** More than one attack takes in when it reads all that is there. */
    private static final int INPUT_LINES = 20_000;

    private final Path folder;
    private final Process process;
    private final ServerSocket server;
    private @Nullable Socket socket;
    private @Nullable BufferedReader in;

    /**
     * @param agent whether the agent's layer is there
     * @param folder its working folder; new
     */
    AttackedJvm(Jdk jdk, boolean agent, Path folder, String word) throws IOException {
        this.folder = folder;
        Path libraries = Files.createDirectories(folder.resolve("libraries"));
        Path input = Files.writeString(folder.resolve("input.txt"), (word + "\n").repeat(INPUT_LINES));
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(START_MILLIS);
        List<String> words = new ArrayList<>(List.of(jdk.program("java")));
        if (agent) {
            words.add("-javaagent:" + agentJar(folder) + "=kept=" + folder.resolveSibling("kept"));
        }
        words.addAll(List.of(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-Djava.awt.headless=true",
                // With one thread alone the JDK keeps to the caller's where it would share work out
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3",
                "-Djava.io.tmpdir=" + folder,
                "-Djava.util.prefs.userRoot=" + folder,
                "-Djava.library.path=" + libraries,
                "-Ddataprism.attacks.word=" + word,
                "-Ddataprism.attacks.number=" + word,
                "-cp",
                classPath(),
                Host.class.getName(),
                String.valueOf(server.getLocalPort())));
        ProcessBuilder command = new ProcessBuilder(words);
        command.environment().put("DATAPRISM_ATTACKS_WORD", word);
        command.directory(folder.toFile());
        command.redirectInput(input.toFile());
        command.redirectErrorStream(true);
        command.redirectOutput(log().toFile());
        process = command.start();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** What the JVM starts; the agent itself is on the class path. */
    private static Path agentJar(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Agent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private Path log() {
        return folder.resolve("output.log");
    }

    /** Say what it is to do. */
    void order(String... words) throws IOException {
        Socket connected = accepted();
        connected.setSoTimeout(SILENCE_MILLIS);
        socket = connected;
        in = new BufferedReader(new InputStreamReader(connected.getInputStream(), StandardCharsets.UTF_8));
        new PrintWriter(connected.getOutputStream(), true, StandardCharsets.UTF_8).println(String.join("\t", words));
    }

    private Socket accepted() throws IOException {
        try {
            return server.accept();
        } catch (SocketTimeoutException e) {
            throw new IOException("A JVM for attacks did not come up. It wrote:\n" + written(), e);
        }
    }

    /**
     * What it says next; empty where it said its last.
     *
     * @throws SocketTimeoutException where it neither speaks nor ends
     */
    Optional<String> line() throws IOException {
        if (in == null) {
            throw new IllegalStateException("it was given no order yet");
        }
        try {
            return Optional.ofNullable(in.readLine());
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return Optional.empty();
        }
    }

    /** Its status once it ended by itself; empty where it had to be ended. */
    Optional<Integer> status() throws InterruptedException {
        if (process.waitFor(10, TimeUnit.SECONDS)) {
            return Optional.of(process.exitValue());
        }
        process.destroyForcibly();
        return Optional.empty();
    }

    /** What it wrote to its standard streams, the end of it. */
    String written() throws IOException {
        List<String> lines = Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        server.close();
        if (socket != null) {
            socket.close();
        }
    }
}
