package io.dataprism.kernel;

import io.dataprism.kernel.admission.AdmissionJson;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.audit.AuditOptions;
import io.dataprism.kernel.lifecycle.StepDeadlines;
import io.dataprism.kernel.options.Checked;
import io.dataprism.kernel.options.OptionReader;
import io.dataprism.kernel.resource.CountLimits;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads {@link KernelOptions} from JSON, with everything that is wrong at once. */
final class KernelOptionsJson {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofHours(24);
    private static final int MOST_CARRIERS = 1024;
    private static final int MOST_DAYS = 100_000;
    private static final int MOST_CPU = 100 * 1024;
    private static final int MOST_TIMERS = 10_000_000;
    /** All of it is read when it is opened, and passes through memory when its file is written anew. */
    private static final long MOST_STORED = 1L << 28;

    private static final int MOST_KEYS = 1_000_000;
    private static final long MOST_BYTES = 1L << 50;

    private KernelOptionsJson() {}

    static Checked<KernelOptions> read(JsonObject json) {
        KernelOptions usual = KernelOptions.DEFAULT;
        OptionReader reader = new OptionReader("", json, "DP-0801");
        String node = reader.text("node", usual.node());
        String prefix = json.getValue("addressPrefix") instanceof String text && text.isEmpty()
                ? ""
                : reader.text("addressPrefix", usual.addressPrefix());
        Optional<Path> folder = reader.optionalText("dataFolder").map(Path::of);
        boolean devMode = reader.flag("devMode", usual.devMode());
        int carriers = reader.number("carriers", usual.carriers(), 1, MOST_CARRIERS);
        ResourceOptions resources = resources(reader.section("resources"));
        StepDeadlines steps = steps(reader.section("steps"));
        Duration check = duration(reader, "checkEvery", resources.monitorInterval());
        Duration reconcile = duration(reader, "reconcileEvery", usual.reconcileEvery());
        Duration close = duration(reader, "closeWithin", usual.closeWithin());
        Optional<URI> maven = repository(reader);
        boolean supportedApiOnly = reader.flag("supportedApiOnly", usual.supportedApiOnly());
        boolean sandboxed = reader.flag("sandboxed", usual.sandboxed());
        AuditOptions audit = audit(reader.section("audit"));
        AdmissionOptions admission = AdmissionJson.read(reader.section("admission"));
        return reader.checked(() -> new KernelOptions(
                node,
                prefix,
                folder,
                devMode,
                carriers,
                resources,
                steps,
                check,
                reconcile,
                close,
                maven,
                Optional.empty(),
                supportedApiOnly,
                sandboxed,
                audit,
                admission));
    }

    private static AuditOptions audit(OptionReader reader) {
        AuditOptions usual = AuditOptions.DEFAULT;
        AuditOptions read = new AuditOptions(
                reader.optionalText("heads").map(Path::of),
                duration(reader, "headsEvery", usual.headsEvery()),
                Duration.ofDays(reader.number("keepDays", (int) usual.keep().toDays(), 1, MOST_DAYS)),
                reader.bytes("maxSize", usual.maxSize(), AuditOptions.LEAST_SIZE, MOST_BYTES));
        reader.refuseUnknown();
        return read;
    }

    private static Duration duration(OptionReader reader, String key, Duration otherwise) {
        return reader.duration(key, otherwise, LEAST, MOST);
    }

    private static Optional<Duration> deadline(OptionReader reader, String key) {
        return reader.optionalDuration(key, LEAST, MOST);
    }

    private static Optional<URI> repository(OptionReader reader) {
        String key = "mavenRepository";
        return reader.optionalText(key).flatMap(text -> {
            try {
                return Optional.of(URI.create(text));
            } catch (IllegalArgumentException e) {
                reader.problem(key, "must be the address of a repository, but is no URL: " + e.getMessage() + ".");
                return Optional.empty();
            }
        });
    }

    private static ResourceOptions resources(OptionReader reader) {
        ResourceOptions usual = ResourceOptions.DEFAULT;
        ResourceOptions read = new ResourceOptions(
                reader.bytes("maxMemoryPerPlugin", usual.maxMemoryPerPlugin(), 1, MOST_BYTES),
                reader.bytes("totalMemoryLimit", usual.totalMemoryLimit(), 1, MOST_BYTES),
                reader.number("maxCpuPerPlugin", usual.maxCpuPerPlugin(), 1, MOST_CPU),
                reader.number("maxTimersPerPlugin", usual.maxTimersPerPlugin(), 1, MOST_TIMERS),
                reader.bytes("maxStoragePerPlugin", usual.maxStoragePerPlugin(), 1, MOST_STORED),
                reader.number("maxKeysPerPlugin", usual.maxKeysPerPlugin(), 1, MOST_KEYS),
                reader.bytes("maxWrittenPerPlugin", usual.maxWrittenPerPlugin(), 1, MOST_BYTES),
                duration(reader, "monitorInterval", usual.monitorInterval()));
        OptionReader counts = reader.section("counts");
        CountLimits limits = CountLimits.read(counts);
        counts.refuseUnknown();
        reader.refuseUnknown();
        return read.withCounts(limits);
    }

    private static StepDeadlines steps(OptionReader reader) {
        StepDeadlines usual = StepDeadlines.DEFAULT;
        StepDeadlines read = new StepDeadlines(
                deadline(reader, "load"),
                deadline(reader, "initialize"),
                deadline(reader, "start"),
                deadline(reader, "drain"),
                deadline(reader, "stop"),
                deadline(reader, "destroy"),
                duration(reader, "slice", usual.slice()));
        reader.refuseUnknown();
        return read;
    }
}
