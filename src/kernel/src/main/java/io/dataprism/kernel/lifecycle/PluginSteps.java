package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Configurable;
import io.dataprism.api.Plugin;
import io.dataprism.api.Probed;
import io.dataprism.kernel.context.KernelPluginContext;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.messaging.PluginEndpoint;
import io.dataprism.kernel.process.ProcessPlugin;
import io.dataprism.sandbox.PluginClassLoader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugin's own methods, each called in its slices and with its deadline. Owned by the lifecycle thread, on which all its futures complete. */
final class PluginSteps {
    private static final Logger LOG = LoggerFactory.getLogger(PluginSteps.class);

    private final PluginManifest manifest;
    private final Premises premises;
    private final StepLimits limits;
    private final StepFailures failures;
    private final Unwind unwind;
    private @Nullable Plugin plugin;
    private Capabilities capabilities = Capabilities.none();
    private boolean abrupt;

    /** @param unwind takes back what was done: a plugin that was started is stopped, one that was initialized is destroyed */
    PluginSteps(PluginManifest manifest, Premises premises, StepLimits limits, StepFailures failures, Unwind unwind) {
        this.manifest = manifest;
        this.premises = premises;
        this.limits = limits;
        this.failures = failures;
        this.unwind = unwind;
    }

    private Duration deadline(Step step) {
        return limits.of(step);
    }

    Future<Void> make() {
        return premises.isElsewhere() ? makeElsewhere() : makeHere();
    }

    /** Its object is made in its own process; what stands for it here sends all on. */
    private Future<Void> makeElsewhere() {
        return premises.startProcess(deadline(Step.LOAD))
                .recover(cause -> Future.failedFuture(failures.elsewhere(cause)))
                .compose(process -> {
                    unwind.push(() -> forget().compose(done -> premises.endProcess(process)));
                    plugin = process;
                    return premises.slicesFor(Step.LOAD)
                            .run(Step.LOAD, deadline(Step.LOAD), process::load)
                            .recover(cause -> Future.failedFuture(failures.elsewhere(cause)));
                });
    }

    private Future<Void> makeHere() {
        PluginMaker maker = new PluginMaker(manifest.main(), failures);
        PluginClassLoader from = premises.code().loader();
        unwind.push(this::forget);
        return premises.slicesFor(Step.LOAD)
                .get(Step.LOAD, deadline(Step.LOAD), () -> maker.make(from))
                .map(made -> {
                    plugin = made;
                    return null;
                });
    }

    /** Nothing of the plugin's is held any more. */
    private Future<Void> forget() {
        plugin = null;
        capabilities = Capabilities.none();
        return Future.succeededFuture();
    }

    /** Its instance and what it offers, while there are any. */
    List<Object> held() {
        return plugin == null ? List.of() : List.of(plugin, capabilities);
    }

    Future<Void> initialize() {
        Plugin made = Objects.requireNonNull(plugin);
        KernelPluginContext given = premises.context();
        return premises.slicesFor(Step.INITIALIZE)
                .run(Step.INITIALIZE, deadline(Step.INITIALIZE), () -> made.initialize(given))
                .onSuccess(done -> unwind.push(() -> end(Step.DESTROY, made::destroy)));
    }

    Future<Void> readCapabilities() {
        Plugin made = Objects.requireNonNull(plugin);
        return premises.slicesFor(Step.CAPABILITIES)
                .get(Step.CAPABILITIES, deadline(Step.CAPABILITIES), () -> asDeclared(made.capabilities()))
                .map(offered -> {
                    capabilities = offered;
                    return null;
                });
    }

    /** In the plugin's slice: how many it offers, and under what names, is its own affair until they are found to be the manifest's. */
    private @Nullable Capabilities asDeclared(@Nullable Capabilities offered) {
        if (offered == null) {
            return null;
        }
        OfferedCapabilities.undeclared(manifest, offered).ifPresent(what -> {
            throw failures.of(Step.CAPABILITIES, "DP-0817", what, null);
        });
        OfferedCapabilities.missing(manifest, offered).ifPresent(what -> {
            throw failures.of(Step.CAPABILITIES, "DP-0836", what, null);
        });
        return offered;
    }

    Future<Void> start() {
        Plugin made = Objects.requireNonNull(plugin);
        return premises.slicesFor(Step.START)
                .run(Step.START, deadline(Step.START), made::start)
                .onSuccess(done -> unwind.push(() -> end(Step.STOP, made::stop)));
    }

    /** It takes calls and messages from now on. */
    void serve() {
        premises.endpoint().serve(capabilities);
        unwind.push(this::drain);
    }

    /** What it has not finished when it goes down is not waited for. */
    void abrupt() {
        abrupt = true;
    }

    private Future<Void> drain() {
        PluginEndpoint draining = premises.endpoint();
        draining.quiesce();
        if (abrupt) {
            return Future.succeededFuture();
        }
        return premises.slicesFor(Step.DRAIN)
                .finish(Step.DRAIN, deadline(Step.DRAIN), draining.drained())
                .recover(late -> {
                    LOG.warn("{} What it had not finished fails.", late.getMessage());
                    return Future.succeededFuture();
                });
    }

    private Future<Void> end(Step step, Callable<@Nullable Future<?>> method) {
        SliceRunner runner = premises.slicesFor(step);
        return runner.stuck() ? Future.succeededFuture() : runner.run(step, deadline(step), method);
    }

    /** Whether it can be asked whether it is well. */
    boolean isProbed() {
        return plugin instanceof ProcessPlugin process ? process.isProbed() : plugin instanceof Probed;
    }

    /** Ask it whether it is alive, or else whether it is ready. */
    Future<Void> ask(boolean alive) {
        Probed probed = (Probed) Objects.requireNonNull(plugin);
        return premises.slices().ask(alive ? probed::alive : probed::ready);
    }

    /** Whether it takes a new configuration while it runs. */
    boolean isConfigurable() {
        return plugin instanceof ProcessPlugin process ? process.isConfigurable() : plugin instanceof Configurable;
    }

    /** Give it another configuration. */
    Future<Void> configure(JsonObject wanted) {
        Configurable configurable = (Configurable) Objects.requireNonNull(plugin);
        KernelPluginContext of = premises.context();
        return premises.code()
                .checked(wanted)
                .compose(checked -> premises.slices()
                        .run(Step.CONFIGURE, deadline(Step.CONFIGURE), () -> configurable.configure(checked.copy()))
                        .onSuccess(done -> of.configure(checked)));
    }
}
