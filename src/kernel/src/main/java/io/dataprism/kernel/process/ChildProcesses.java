package io.dataprism.kernel.process;

import io.dataprism.api.PluginException;
import io.dataprism.child.ChildJars;
import io.dataprism.kernel.process.wall.ChildPlaces;
import io.dataprism.kernel.process.wall.Enclosed;
import io.dataprism.kernel.process.wall.Enclosure;
import io.dataprism.kernel.process.wall.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts children. Blocks; safe to use from any thread. */
public final class ChildProcesses {
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(25);

    private final Enclosure enclosure;
    private final ChildArchive archive;

    /**
     * @param enclosure what stands around each child
     * @param folder where what outlives children is kept
     */
    public ChildProcesses(Enclosure enclosure, Path folder) {
        this.enclosure = enclosure;
        this.archive = new ChildArchive(folder, ChildJars::all);
    }

    /**
     * A child for a plugin, which has connected, and on which nothing was done yet.
     *
     * @throws PluginException {@code DP-0980} where it can't be had, {@code DP-1021} where it must not be had, since nothing would keep it from the kernel
     */
    public ProcessPlugin start(ChildTerms terms) {
        if (!terms.unwalled()) {
            enclosure.requireWall();
        }
        String name = terms.context().id().value();
        Enclosed enclosed = null;
        ChildOutput output = null;
        SocketChannel channel = null;
        try (Rendezvous place = new Rendezvous()) {
            ChildCommand command = ChildCommand.of(terms.memory(), archive.ready());
            enclosed = enclosure.start(places(terms, place), Limits.of(command.told()), command.line());
            enclosed.meter(terms.meter());
            Process process = enclosed.process();
            output = new ChildOutput(name, process.getInputStream());
            greet(process, place);
            channel = place.await(CONNECTS_WITHIN, process::isAlive);
            archive.prepare();
            return new ProcessPlugin(terms, new ChildProcess(enclosed, channel, output));
        } catch (IOException | RuntimeException | Error e) {
            // No thread to be had is an error, too, and must leave no process behind.
            if (enclosed != null) {
                enclosed.close();
            }
            close(channel, e);
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

    private static void close(@Nullable SocketChannel channel, Throwable why) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }

    /** What the child may see: its class path, its plugin's, its work folder. */
    private ChildPlaces places(ChildTerms terms, Rendezvous place) {
        List<Path> readable = new ArrayList<>(ChildJars.all());
        archive.ready().ifPresent(readable::add);
        terms.loading().classPath().stream().map(Path::of).forEach(readable::add);
        return new ChildPlaces(readable, terms.context().workFolder().toAbsolutePath(), Optional.of(place.socket()));
    }

    private static void greet(Process process, Rendezvous place) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write((place.token() + "\n" + place.socket() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
