package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginId;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import java.util.Map;

/** One way to give plugins mailboxes and threads. What each promises is held by one contract test. Safe to use from any thread. */
interface MailboxHost extends AutoCloseable {

    /** What is to be deployed, and with what. */
    record Order(PluginId id, Deployable verticle, DeploymentOptions options, MailboxLimits limits, SliceHook hook) {

        /** Of the plugin's classes; the kernel's own where the options name none. */
        ClassLoader loader() {
            ClassLoader named = options.getClassLoader();
            return named == null ? MailboxHost.class.getClassLoader() : named;
        }
    }

    /** Deploy it, never as a child of whoever calls. A failing start is cleaned up. The future completes on the caller's context. */
    Future<PluginDeployment> deploy(Order order);

    /** Give a stuck plugin up, as {@link PluginDeployer#abandon} says. Nothing when this host does not have it. */
    void abandon(Mailbox mailbox);

    /** Replace threads, as far as they are this host's own. */
    void renewThreads();

    /** The plugins that are deployed, by deployment id. */
    Map<String, PluginId> deployed();

    /** The threads that run slices or blocking work now, and whose. They may be with something else by the time that it is read. */
    Map<Thread, PluginId> running();

    @Override
    void close();
}
