package io.dataprism.libraries;

import io.dataprism.api.Caller;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.sandbox.guard.JdkChecks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A node that loads plugins and has each use its library, in a JVM of its own. Writes a line of JSON about each try. */
final class LibraryNode {
    private final Kernel kernel;
    private final Path jars;

    private LibraryNode(Kernel kernel, Path jars) {
        this.kernel = kernel;
        this.jars = jars;
    }

    /** @param arguments the folder of the plugins' jars, a new one for the node, and the libraries' names */
    public static void main(String[] arguments) throws Exception {
        try {
            run(arguments);
        } catch (Exception e) {
            say(new JsonObject().put("library", "").put("failure", words(e)));
        }
        // A plugin's threads may still run
        System.exit(0);
    }

    private static void run(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        KernelOptions options = KernelOptions.DEFAULT.withSandboxed(true).withDataFolder(Path.of(arguments[1]));
        LibraryNode node = new LibraryNode(await(Kernel.create(vertx, options)), Path.of(arguments[0]));
        say(new JsonObject().put("library", "").put("checked", JdkChecks.areOn()));
        List<String> wanted = Arrays.asList(arguments).subList(2, arguments.length);
        for (KnownLibrary library : KnownLibrary.all()) {
            if (wanted.isEmpty() || wanted.contains(library.name())) {
                node.tries(library);
            }
        }
        await(node.kernel.close(Duration.ofSeconds(10)));
        await(vertx.close());
    }

    /** With all that it takes, and without each of these. */
    private void tries(KnownLibrary library) throws Exception {
        List<String> takes = List.copyOf(library.takes().keySet());
        say(use(library, takes).put("without", ""));
        for (String one : takes) {
            List<String> others = new ArrayList<>(takes);
            others.remove(one);
            say(use(library, others).put("without", one));
        }
    }

    private JsonObject use(KnownLibrary library, List<String> granted) throws Exception {
        JsonObject told = new JsonObject().put("library", library.name());
        long start = System.nanoTime();
        try {
            await(kernel.load(
                    ArtifactSource.path(jars.resolve(library.name() + ".jar")),
                    LoadOptions.DEFAULT.grants(granted.toArray(new String[0]))));
            told.put("loaded", millisSince(start));
            told.put("answer", await(kernel.<String>call(library.name(), "use", "")));
        } catch (ExecutionException e) {
            told.put("failure", words(e.getCause()));
        }
        told.put("took", millisSince(start));
        if (kernel.plugin(library.name()).isPresent()) {
            await(kernel.unload(library.name()));
        }
        // What was granted would outlive the plugin
        for (String permission : granted) {
            await(kernel.control()
                    .invoke(
                            Caller.OPERATOR,
                            "grants",
                            "revoke",
                            new JsonObject().put("id", library.name()).put("permission", permission)));
        }
        return told;
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static String words(Throwable failure) {
        StringBuilder words = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            words.append(each)
                    .append(" at ")
                    .append(Arrays.stream(each.getStackTrace()).limit(8).toList())
                    .append("; ");
        }
        return words.toString();
    }

    private static void say(JsonObject line) {
        byte[] bytes = ("said " + line.encode() + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
