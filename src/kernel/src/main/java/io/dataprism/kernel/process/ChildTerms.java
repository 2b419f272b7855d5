package io.dataprism.kernel.process;

import io.dataprism.child.Loading;
import io.dataprism.kernel.context.KernelPluginContext;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.resource.Meter;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.dataprism.sandbox.guard.CallGuard;
import java.time.Duration;
import java.util.Optional;

/**
 * For whom a child is started.
 *
 * @param loading what the child is told
 * @param memory bytes of heap that it may have
 * @param context the plugin's own, with which all is done that the child asks for
 * @param deployment in whose slices that is done
 * @param grants where they change
 * @param guard what says which calls into the JDK it may make; empty where they are not checked
 * @param slice for how long its code may run without a pause
 * @param meter of what the child uses of a processor, and of how much it may
 * @param unwalled whether it may run where no wall of the machine holds
 */
public record ChildTerms(
        Loading loading,
        long memory,
        KernelPluginContext context,
        PluginDeployment deployment,
        GrantStore grants,
        Optional<CallGuard> guard,
        Duration slice,
        Meter meter,
        boolean unwalled) {}
