package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.context.WorkFolder;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.sandbox.PluginClassLoader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin's configuration, work folder and classes, on their way from its files and back. Owned by the lifecycle thread, on which all its futures
 * complete.
 */
final class PluginCode {
    private static final Logger LOG = LoggerFactory.getLogger(PluginCode.class);

    private final Hosting hosting;
    private final LifecycleThread thread;
    private final PluginRecord record;
    private final StepLimits limits;
    private final StepFailures failures;
    private final PluginFiles files;
    private final Unwind unwind;
    private final Consumer<String> doing;
    private JsonObject config;
    private PluginFiles.@Nullable Opened opened;

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
        PluginFiles.Opened exporting = opened;
        if (exporting != null) {
            builder.importing(exporting.loader(), Set.copyOf(record.manifest().exports()));
        }
    }

    /** Check the configuration, open the jars. */
    Future<Void> prepare(List<HostedPlugin> providers) {
        doing.accept("checking its configuration and opening its jars");
        Future<PluginFiles.Opened> opening = aside(() -> files.open(config, providers));
        return timely(Step.LOAD, opening)
                .onFailure(late -> opening.onSuccess(unused -> aside(() -> files.discard(unused))))
                .map(done -> {
                    config = done.config();
                    opened = done;
                    unwind.push(this::close);
                    return null;
                });
    }

    /** The kernel's own work for {@code step}, waited for no longer than for the step itself. */
    private <T> Future<T> timely(Step step, Future<T> work) {
        return thread.within(limits.of(step), work, late -> failures.late(step, late));
    }

    private Future<Void> close() {
        PluginFiles.Opened closing = Objects.requireNonNull(opened);
        opened = null;
        doing.accept("closing its class loader and deleting its work folder");
        hosting.unloaded().watch(record.key().toString(), closing.loader());
        return aside(() -> files.close(closing));
    }

    /** Blocking work of the kernel's own. */
    private <T> Future<T> aside(Callable<@Nullable T> work) {
        return thread.aside(hosting.blocking(), work);
    }

    /** Let its jars be closed for the time being where nothing was read from them since the last time; whether there is one that was read since. */
    boolean rest() {
        PluginFiles.Opened resting = opened;
        if (resting != null) {
            try {
                // To close a file that was only read does not wait for its disk.
                return resting.loader().rest();
            } catch (IOException e) {
                LOG.debug("A jar of plugin '{}' could not be closed for the time being", record.id(), e);
            }
        }
        return false;
    }

    /** With the schema's defaults filled in, once it is prepared. */
    JsonObject config() {
        return config;
    }

    WorkFolder workFolder() {
        return known().workFolder();
    }

    PluginContracts contracts() {
        return known().contracts();
    }

    PluginClassLoader loader() {
        return known().loader();
    }

    private PluginFiles.Opened known() {
        return Objects.requireNonNull(opened);
    }

    /** {@code wanted} with the schema's defaults filled in. */
    Future<JsonObject> checked(JsonObject wanted) {
        return timely(Step.CONFIGURE, aside(() -> files.checked(wanted)));
    }
}
