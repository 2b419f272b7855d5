package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Caller;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.sandbox.PluginClassLoader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One plugin's configuration, work folder and classes, on their way from its files and back. Owned by the lifecycle thread, on which all its futures
 * complete.
 */
final class PluginCode {
    private final Hosting hosting;
    private final LifecycleThread thread;
    private final PluginRecord record;
    private final StepLimits limits;
    private final StepFailures failures;
    private final PluginFiles files;
    private final Unwind unwind;
    private final Consumer<String> doing;
    private JsonObject config;
    private @Nullable PluginClassLoader loader;
    private PluginContracts contracts = PluginContracts.none();

    /**
     * @param config what was asked for; checked on the way up
     * @param unwind takes back what was made
     * @param doing is told what goes on
     */
    PluginCode(
            Hosting hosting,
            LifecycleThread thread,
            PluginRecord record,
            JsonObject config,
            StepLimits limits,
            StepFailures failures,
            Unwind unwind,
            Consumer<String> doing) {
        this.hosting = hosting;
        this.thread = thread;
        this.record = record;
        this.config = config.copy();
        this.limits = limits;
        this.failures = failures;
        this.files = new PluginFiles(hosting, record, failures);
        this.unwind = unwind;
        this.doing = doing;
    }

    /** Let the plugin of {@code builder} use what this one exports. */
    void exportTo(PluginClassLoader.Builder builder) {
        PluginClassLoader exporting = loader;
        if (exporting != null) {
            builder.importing(exporting, Set.copyOf(record.manifest().exports()));
        }
    }

    /** Check the configuration, make the work folder, open the jars. */
    Future<Void> prepare(List<HostedPlugin> providers) {
        unwind.push(() -> {
            doing.accept("deleting its work folder");
            return aside(files::deleteWorkFolder);
        });
        doing.accept("checking its configuration and opening its jars");
        Future<PluginFiles.Opened> opened = aside(() -> files.open(config, providers));
        return timely(Step.LOAD, opened)
                .onFailure(late -> opened.onSuccess(unused -> aside(() -> files.close(unused.loader()))))
                .map(done -> {
                    config = done.config();
                    loader = done.loader();
                    contracts = done.contracts();
                    unwind.push(this::closeLoader);
                    grantWorkFolder(done.workFolder());
                    return null;
                });
    }

    /** The kernel's own work for {@code step}, waited for no longer than for the step itself. */
    private <T> Future<T> timely(Step step, Future<T> work) {
        return thread.within(limits.of(step), work, late -> failures.late(step, late));
    }

    /** A plugin that works on files for its callers must be able to tell that this one may use its own. */
    private void grantWorkFolder(Path work) {
        Caller self = Caller.plugin(record.id());
        Permission own = Permission.parse("file-access:*:" + work.toString().replace(File.separatorChar, '/') + "/**");
        Runnable takeBack = hosting.gate().grants().lend(self, own, "kernel", "its own work folder");
        unwind.push(() -> {
            takeBack.run();
            return Future.succeededFuture();
        });
    }

    private Future<Void> closeLoader() {
        PluginClassLoader closing = Objects.requireNonNull(loader);
        loader = null;
        doing.accept("closing its class loader");
        hosting.unloaded().watch(record.key().toString(), closing);
        return aside(() -> files.close(closing));
    }

    /** Blocking work of the kernel's own. */
    private <T> Future<T> aside(Callable<@Nullable T> work) {
        return thread.aside(hosting.blocking(), work);
    }

    /** With the schema's defaults filled in, once it is prepared. */
    JsonObject config() {
        return config;
    }

    Path workFolder() {
        return files.workFolder();
    }

    PluginContracts contracts() {
        return contracts;
    }

    PluginClassLoader loader() {
        return Objects.requireNonNull(loader);
    }

    /** {@code wanted} with the schema's defaults filled in. */
    Future<JsonObject> checked(JsonObject wanted) {
        return timely(Step.CONFIGURE, aside(() -> files.checked(wanted)));
    }
}
