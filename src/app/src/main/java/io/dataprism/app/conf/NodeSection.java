package io.dataprism.app.conf;

import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.ResourceOptions;
import io.dataprism.kernel.audit.AuditOptions;
import io.dataprism.kernel.lifecycle.StepDeadlines;
import io.dataprism.kernel.resource.CountLimits;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A section that its schema has found in order, {@code node} or {@code audit}, as the kernel's options. */
final class NodeSection {
    private static final Pattern QUANTITY = Pattern.compile("([0-9]+) ?([A-Za-z]+)");

    private final JsonObject section;

    NodeSection(JsonObject section) {
        this.section = section;
    }

    Path data(Path folder) {
        return folder.resolve(section.getString("data", "../data")).normalize();
    }

    KernelOptions options(Path folder) {
        KernelOptions usual = section.containsKey("maven-repository")
                ? KernelOptions.DEFAULT.withMavenRepository(URI.create(section.getString("maven-repository")))
                : KernelOptions.DEFAULT;
        return usual.withNode(section.getString("name", usual.node()))
                .withDataFolder(data(folder))
                .withDevMode(section.getBoolean("dev-mode", false))
                .withSandboxed(section.getBoolean("sandboxed", usual.sandboxed()))
                .withCarriers(section.getInteger("carriers", usual.carriers()))
                .withAddressPrefix(section.getString("address-prefix", usual.addressPrefix()))
                .withResources(resources(usual.resources()))
                .withIntervals(
                        duration("check-every", usual.checkEvery()),
                        duration("reconcile-every", usual.reconcileEvery()))
                .withCloseWithin(duration("close-within", usual.closeWithin()))
                .withSteps(steps(usual.steps()));
    }

    /** The section {@code audit}, which this is then. */
    AuditOptions audit(Path folder) {
        AuditOptions usual = AuditOptions.DEFAULT;
        Optional<Path> heads = Optional.ofNullable(section.getString("heads"))
                .map(file -> folder.resolve(file).normalize());
        return new AuditOptions(
                heads,
                duration("heads-every", usual.headsEvery()),
                Duration.ofDays(section.getLong("keep-days", usual.keep().toDays())),
                size("max-size", usual.maxSize()));
    }

    private ResourceOptions resources(ResourceOptions usual) {
        return new ResourceOptions(
                size("max-memory-per-plugin", usual.maxMemoryPerPlugin()),
                size("total-memory-limit", usual.totalMemoryLimit()),
                section.getInteger("max-cpu-per-plugin", usual.maxCpuPerPlugin()),
                section.getInteger("max-timers-per-plugin", usual.maxTimersPerPlugin()),
                size("max-storage-per-plugin", usual.maxStoragePerPlugin()),
                section.getInteger("max-keys-per-plugin", usual.maxKeysPerPlugin()),
                size("max-written-per-plugin", usual.maxWrittenPerPlugin()),
                CountLimits.of(section.getJsonObject("max-per-plugin", new JsonObject())),
                usual.monitorInterval());
    }

    private StepDeadlines steps(StepDeadlines usual) {
        NodeSection steps = new NodeSection(section.getJsonObject("steps", new JsonObject()));
        return new StepDeadlines(
                steps.duration("load"),
                steps.duration("initialize"),
                steps.duration("start"),
                steps.duration("drain"),
                steps.duration("stop"),
                steps.duration("destroy"),
                steps.duration("slice", usual.slice()));
    }

    private Duration duration(String key, Duration otherwise) {
        return duration(key).orElse(otherwise);
    }

    private Optional<Duration> duration(String key) {
        if (!(section.getValue(key) instanceof String text)) {
            return Optional.empty();
        }
        Matcher parts = parts(text);
        long amount = Long.parseLong(parts.group(1));
        return Optional.of(
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }

    private long size(String key, long otherwise) {
        if (!(section.getValue(key) instanceof String text)) {
            return otherwise;
        }
        Matcher parts = parts(text);
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "KiB" -> shifted(amount, 10);
            case "MiB" -> shifted(amount, 20);
            case "GiB" -> shifted(amount, 30);
            default -> amount;
        };
    }

    /** More than a number can hold is as much as it can. */
    private static long shifted(long amount, int bits) {
        return amount > Long.MAX_VALUE >> bits ? Long.MAX_VALUE : amount << bits;
    }

    private static Matcher parts(String text) {
        Matcher parts = QUANTITY.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("The schema let '" + text + "' pass");
        }
        return parts;
    }
}
