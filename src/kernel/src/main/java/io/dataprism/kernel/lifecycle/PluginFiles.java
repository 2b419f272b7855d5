package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Caller;
import io.dataprism.kernel.context.WorkFolder;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.manifest.ConfigCheck;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.sandbox.guard.CallGuard;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the kernel does with a plugin's files and configuration. Blocks; safe to use from any thread. */
final class PluginFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PluginFiles.class);

    private final Hosting hosting;
    private final PluginRecord record;
    private final StepFailures failures;

    PluginFiles(Hosting hosting, PluginRecord record, StepFailures failures) {
        this.hosting = hosting;
        this.record = record;
        this.failures = failures;
    }

    /** Those of a plugin that need not be on its way. */
    static PluginFiles of(Hosting hosting, PluginRecord record) {
        StepLimits limits =
                new StepLimits(hosting.deadlines(), record.manifest().limits().steps());
        return new PluginFiles(hosting, record, StepFailures.of(record, limits, hosting));
    }

    /**
     * What a plugin is made of.
     *
     * @param config with the schema's defaults filled in
     * @param workFolder which is not made yet
     */
    record Opened(JsonObject config, WorkFolder workFolder, PluginContracts contracts, PluginClassLoader loader) {}

    /** Check the configuration, compile the contracts, open the jars. */
    Opened open(JsonObject config, List<HostedPlugin> providers) {
        JsonObject checked = checked(config);
        PluginContracts contracts = PluginContracts.of(record.manifest());
        WorkFolder folder = new WorkFolder(record.id(), hosting.workFolders(), this::lend);
        return new Opened(checked, folder, contracts, openJars(providers));
    }

    /** A plugin that works on files for its callers must be able to tell that this one may use its own. */
    private Runnable lend(Path work) {
        Permission own = Permission.parse("file-access:*:" + work.toString().replace(File.separatorChar, '/') + "/**");
        return hosting.gate().grants().lend(Caller.plugin(record.id()), own, "kernel", "its own work folder");
    }

    /** {@code config} with the schema's defaults filled in. */
    JsonObject checked(JsonObject config) {
        ConfigCheck.Checked checked = ConfigCheck.check(record.manifest(), config, "config of '" + record.id() + "'");
        String errors = checked.problems().stream()
                .filter(Problem::isError)
                .map(Object::toString)
                .collect(Collectors.joining(System.lineSeparator()));
        if (!errors.isEmpty()) {
            throw failures.of(Step.LOAD, "DP-0826", "cannot take its configuration: " + errors, null);
        }
        return checked.config();
    }

    private PluginClassLoader openJars(List<HostedPlugin> providers) {
        List<Path> natives = record.nativeClassPath();
        PluginClassLoader.Builder builder = PluginClassLoader.builder(
                        record.key().toString())
                .classPath(record.classPath().stream()
                        .filter(jar -> !natives.contains(jar))
                        .toList());
        providers.forEach(provider -> provider.exportTo(builder));
        Optional<CallGuard> guard = hosting.callGuard(record);
        guard.ifPresent(builder::guard);
        // Its native code could not be ended either, and engines that live in loops take three times as long with
        // polls.
        if (hosting.gate().may(Caller.plugin(record.id()), Permission.parse("native-access"))) {
            builder.withoutPolls();
        }
        record.guardedClasses()
                .ifPresent(place -> builder.keptIn(place, record.artifact().sha256(), LOG::debug));
        try {
            hosting.natives().of(record, guard).ifPresent(builder::nativeCode);
            return builder.build();
        } catch (IOException e) {
            throw failures.of(
                    Step.LOAD, "DP-0820", "cannot be opened: " + e.getMessage() + ". Install its artifact again.", e);
        }
    }

    /** Close what came too late to be used. Its work folder is the next instance's by now, which may have made it. */
    @Nullable
    Void discard(Opened unused) throws IOException {
        unused.loader().close();
        return null;
    }

    /** Close what nothing is loaded from any more, and remove what only it had. */
    @Nullable
    Void close(Opened opened) throws IOException {
        hosting.deployer().release(opened.loader());
        try {
            opened.loader().close();
        } finally {
            opened.workFolder().remove();
        }
        return null;
    }
}
