package io.dataprism.testkit;

import io.dataprism.api.Channel;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.ResourceOptions;
import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.lifecycle.StepDeadlines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kernel for one test, with a data folder of its own. What is done here is done by the host application. Use from the
 * test's thread.
 */
public final class TestKernel implements AutoCloseable {
    private static final Duration STEP = Patience.of(Duration.ofSeconds(10));
    private static final Duration CHECK = Duration.ofMillis(200);

    private final Vertx vertx;
    private final Kernel kernel;
    private final Path folder;

    private TestKernel(Vertx vertx, Kernel kernel, Path folder) {
        this.vertx = vertx;
        this.kernel = kernel;
        this.folder = folder;
    }

    /**
     * A kernel on {@code vertx}, with options that suit tests: development mode, each step done within ten seconds (an hour under a
     * debugger), five checks a second, all processors for each plugin.
     */
    public static TestKernel on(Vertx vertx) {
        return on(
                vertx,
                KernelOptions.DEFAULT
                        .withNode("test")
                        .withDevMode(true)
                        .withSteps(StepDeadlines.each(STEP))
                        .withResources(ResourceOptions.DEFAULT.withAllProcessors())
                        .withIntervals(CHECK, KernelOptions.DEFAULT.reconcileEvery()));
    }

    /**
     * A kernel on {@code vertx} with these options; the data folder is the test's own all the same, and whoever tests a plugin vouches for it, though
     * the JVM of the tests has no agent.
     */
    public static TestKernel on(Vertx vertx, KernelOptions options) {
        Path folder = temporaryFolder();
        KernelOptions own = options.withDataFolder(folder.resolve("data"))
                .withAdmission(options.admission().withUntrusted(Untrusted.ALLOW));
        Kernel kernel = Await.value("the kernel to start", Kernel.create(vertx, own));
        return new TestKernel(vertx, kernel, folder);
    }

    /** The kernel itself. */
    public Kernel kernel() {
        return kernel;
    }

    public Vertx vertx() {
        return vertx;
    }

    /** Install the jar or folder at {@code artifact}, nothing of it loaded yet. */
    public PluginUnderTest install(Path artifact) {
        return PluginUnderTest.install(this, artifact);
    }

    /** Install a plugin made on the fly. */
    public PluginUnderTest install(PluginJar jar) {
        return install(jar.writeTo(folder));
    }

    /** Install and load with all that its manifest requests granted. */
    public PluginUnderTest load(Path artifact) {
        return install(artifact).load();
    }

    /** Install and load a plugin made on the fly, with all that its manifest requests granted. */
    public PluginUnderTest load(PluginJar jar) {
        return install(jar).load();
    }

    /** Publish as the host application. */
    public Publication publish(String topic, @Nullable Object body) {
        return value("publishing " + topic, kernel.events().publish(topic, body));
    }

    /** Watch events from now on. */
    public EventProbe events(String pattern) {
        return EventProbe.on(this, pattern);
    }

    /**
     * Watch calls from now on, whoever makes them.
     *
     * @param pattern {@code <plugin>:<capability>}; {@code *} stands for any text of one of them, {@code users:*} for all of a plugin's
     */
    public CallProbe calls(String pattern) {
        return CallProbe.on(this, pattern);
    }

    /** Create a channel as the host application, admit {@code participants}, and take part in it. */
    public ChannelProbe createChannel(String name, String... participants) {
        return channel("creating channel " + name, kernel.channels().create(name, Set.of(participants)));
    }

    /** Join a channel that a plugin created and admitted {@code host} to. */
    public ChannelProbe joinChannel(String name) {
        return channel("joining channel " + name, kernel.channels().join(name));
    }

    private ChannelProbe channel(String what, Future<Channel> channel) {
        return new ChannelProbe(this, value(what, channel));
    }

    /**
     * Wait until the classes of every plugin that was unloaded, stopped or reloaded are out of memory.
     *
     * @throws AssertionError if some stay; it says what holds them where that can be found
     */
    public void awaitCollected() {
        Leftovers.awaitCollected(this);
    }

    /** A folder that goes with this kernel. */
    public Path folder() {
        return folder;
    }

    <T> T value(String what, Future<T> future) {
        return Await.value(what, future, this::situation);
    }

    <T> @Nullable T reply(String what, Future<T> future) {
        return Await.result(what, future, Await.LIMIT, this::situation);
    }

    /** How the plugins are, for failure messages. */
    String situation() {
        List<PluginInfo> plugins = kernel.plugins();
        return plugins.isEmpty()
                ? "No plugin is installed."
                : plugins.stream()
                        .map(TestKernel::line)
                        .collect(Collectors.joining("\n  ", "The plugins now:\n  ", ""));
    }

    private static String line(PluginInfo plugin) {
        return plugin.id() + " " + plugin.version() + " " + plugin.state().label()
                + plugin.failure().map(failure -> ": " + failure.message()).orElse("");
    }

    /** Close the kernel; fails if it does not end in order. */
    @Override
    public void close() {
        try {
            Await.result("the kernel to close", kernel.close(STEP), Await.LIMIT, this::situation);
        } catch (PluginException e) {
            throw new AssertionError("The kernel did not close in order. " + situation(), e);
        } finally {
            delete(folder);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("dataprism-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Test folder " + folder + " could not be deleted; is a file of it still open?", e);
        }
    }
}
