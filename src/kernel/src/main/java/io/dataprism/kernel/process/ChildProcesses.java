package io.dataprism.kernel.process;

import io.dataprism.api.PluginException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Starts children. Blocks; safe to use from any thread. */
public final class ChildProcesses {
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(25);

    /**
     * A child for a plugin, which has connected, and on which nothing was done yet.
     *
     * @throws PluginException {@code DP-0980} where it can't be had
     */
    public ProcessPlugin start(ChildTerms terms) {
        String name = terms.context().id().value();
        Process process = null;
        ChildOutput output = null;
        try (Rendezvous place = new Rendezvous()) {
            ProcessBuilder builder = new ProcessBuilder(ChildCommand.of(terms.memory()))
                    .directory(new File("/"))
                    .redirectErrorStream(true);
            builder.environment().clear();
            // So that names of files may have any letters.
            builder.environment().put("LC_ALL", "C.UTF-8");
            process = builder.start();
            output = new ChildOutput(name, process.getInputStream());
            greet(process, place);
            SocketChannel channel = place.await(CONNECTS_WITHIN, process::isAlive);
            return new ProcessPlugin(terms, new ChildProcess(process, channel, output));
        } catch (IOException | RuntimeException e) {
            if (process != null) {
                process.destroyForcibly();
            }
            String wrote = output == null ? "" : output.last(500);
            throw new PluginException(
                    "DP-0980",
                    "could not get a process of its own: " + e.getMessage()
                            + (wrote.isEmpty() ? "" : "; it wrote: " + wrote)
                            + ". Look at the node's log, at what the system lets it start, or run it with isolation"
                            + " worker.",
                    e);
        }
    }

    private static void greet(Process process, Rendezvous place) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write((place.token() + "\n" + place.socket() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
