package io.dataprism.kernel;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.lifecycle.StepDeadlines;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a kernel is made. Immutable; each {@code with…} answers changed options.
 *
 * @param node the node's name, as plugins and the operator see it
 * @param addressPrefix what stands before every event-bus address of the kernel; a second kernel on one Vertx needs another
 * @param dataFolder where artifacts and state are kept, locked while the kernel lives; empty means a temporary folder that goes
 *     with the kernel
 * @param devMode whether an artifact may be replaced by another of the same id and version
 * @param carriers threads that run the plugins' slices
 * @param resources what plugins may use
 * @param steps how long the steps of a plugin's life may take
 * @param checkEvery how often the kernel checks itself
 * @param reconcileEvery how often desired and actual state are compared without a change
 * @param closeWithin how long the kernel may take to stop its plugins when the host closes its Vertx
 */
public record KernelOptions(
        String node,
        String addressPrefix,
        Optional<Path> dataFolder,
        boolean devMode,
        int carriers,
        ResourceOptions resources,
        StepDeadlines steps,
        Duration checkEvery,
        Duration reconcileEvery,
        Duration closeWithin) {
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern PREFIX = Pattern.compile("|[a-z][a-z0-9-]*[:.]");

    /** Node {@code local}, no prefix, a temporary data folder, one carrier a processor but at least two. */
    public static final KernelOptions DEFAULT = new KernelOptions(
            "local",
            "",
            Optional.empty(),
            false,
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            ResourceOptions.DEFAULT,
            StepDeadlines.DEFAULT,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));

    public KernelOptions {
        require(NODE.matcher(node).matches(), "node", node, "letters, digits, dots, hyphens, at most 63");
        require(
                PREFIX.matcher(addressPrefix).matches(),
                "addressPrefix",
                addressPrefix,
                "empty, or a lower-case word followed by ':' or '.'");
        require(carriers > 0, "carriers", carriers, "at least 1");
        require(isPositive(checkEvery), "checkEvery", checkEvery, "positive");
        require(isPositive(reconcileEvery), "reconcileEvery", reconcileEvery, "positive");
        require(isPositive(closeWithin), "closeWithin", closeWithin, "positive");
    }

    /** The options that {@code json} says, defaults for what it does not; keys are the components' names. */
    public static KernelOptions fromJson(JsonObject json) {
        return new KernelOptions(
                json.getString("node", DEFAULT.node),
                json.getString("addressPrefix", DEFAULT.addressPrefix),
                Optional.ofNullable(json.getString("dataFolder")).map(Path::of),
                json.getBoolean("devMode", DEFAULT.devMode),
                json.getInteger("carriers", DEFAULT.carriers),
                ResourceOptions.fromJson(json.getJsonObject("resources", new JsonObject())),
                steps(json.getJsonObject("steps", new JsonObject())),
                JsonDurations.read(json, "checkEvery", DEFAULT.checkEvery),
                JsonDurations.read(json, "reconcileEvery", DEFAULT.reconcileEvery),
                JsonDurations.read(json, "closeWithin", DEFAULT.closeWithin));
    }

    public KernelOptions withNode(String name) {
        return new KernelOptions(
                name,
                addressPrefix,
                dataFolder,
                devMode,
                carriers,
                resources,
                steps,
                checkEvery,
                reconcileEvery,
                closeWithin);
    }

    public KernelOptions withAddressPrefix(String prefix) {
        return new KernelOptions(
                node, prefix, dataFolder, devMode, carriers, resources, steps, checkEvery, reconcileEvery, closeWithin);
    }

    public KernelOptions withDataFolder(Path folder) {
        return new KernelOptions(
                node,
                addressPrefix,
                Optional.of(folder),
                devMode,
                carriers,
                resources,
                steps,
                checkEvery,
                reconcileEvery,
                closeWithin);
    }

    public KernelOptions withDevMode(boolean on) {
        return new KernelOptions(
                node,
                addressPrefix,
                dataFolder,
                on,
                carriers,
                resources,
                steps,
                checkEvery,
                reconcileEvery,
                closeWithin);
    }

    public KernelOptions withCarriers(int threads) {
        return new KernelOptions(
                node,
                addressPrefix,
                dataFolder,
                devMode,
                threads,
                resources,
                steps,
                checkEvery,
                reconcileEvery,
                closeWithin);
    }

    public KernelOptions withResources(ResourceOptions use) {
        return new KernelOptions(
                node,
                addressPrefix,
                dataFolder,
                devMode,
                carriers,
                use,
                steps,
                checkEvery,
                reconcileEvery,
                closeWithin);
    }

    public KernelOptions withSteps(StepDeadlines deadlines) {
        return new KernelOptions(
                node,
                addressPrefix,
                dataFolder,
                devMode,
                carriers,
                resources,
                deadlines,
                checkEvery,
                reconcileEvery,
                closeWithin);
    }

    /** With other intervals of the kernel's self-check and of comparing desired with actual state. */
    public KernelOptions withIntervals(Duration check, Duration reconcile) {
        return new KernelOptions(
                node, addressPrefix, dataFolder, devMode, carriers, resources, steps, check, reconcile, closeWithin);
    }

    public KernelOptions withCloseWithin(Duration deadline) {
        return new KernelOptions(
                node,
                addressPrefix,
                dataFolder,
                devMode,
                carriers,
                resources,
                steps,
                checkEvery,
                reconcileEvery,
                deadline);
    }

    private static StepDeadlines steps(JsonObject json) {
        StepDeadlines otherwise = StepDeadlines.DEFAULT;
        return new StepDeadlines(
                JsonDurations.read(json, "load", otherwise.load()),
                JsonDurations.read(json, "initialize", otherwise.initialize()),
                JsonDurations.read(json, "start", otherwise.start()),
                JsonDurations.read(json, "drain", otherwise.drain()),
                JsonDurations.read(json, "stop", otherwise.stop()),
                JsonDurations.read(json, "destroy", otherwise.destroy()),
                JsonDurations.read(json, "slice", otherwise.slice()));
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String option, Object found, String expected) {
        if (!holds) {
            throw new PluginException(
                    "DP-0801",
                    "Kernel option '" + option + "' must be " + expected + ", but is '"
                            + PluginException.excerpt(found.toString()) + "'.");
        }
    }
}
