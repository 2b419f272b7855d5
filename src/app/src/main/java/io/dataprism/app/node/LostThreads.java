package io.dataprism.app.node;

import io.dataprism.app.ExitCode;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.kernel.Kernel;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does when a thread is lost to a plugin's code that can't be ended, as {@code node.stuck} says: it leaves the thread as it is, or ends, so that
 * whatever watches over the process starts it again. The plugin is quarantined before that, and still is afterwards, so that it does not happen over and over.
 */
public final class LostThreads {
    private static final Logger LOG = LoggerFactory.getLogger(LostThreads.class);

    private LostThreads() {}

    /** To be called before any plugin is started. */
    public static void watch(Kernel kernel, NodeConf conf, Ending ending) {
        kernel.events()
                .subscribe("kernel.thread.lost", event -> {
                    if (event.body() instanceof JsonObject told) {
                        lost(told, conf, ending);
                    }
                })
                .onFailure(cause -> LOG.error("What is to happen when a thread is lost will not", cause));
    }

    private static void lost(JsonObject event, NodeConf conf, Ending ending) {
        if (conf.endsWhenStuck()) {
            LOG.error(
                    "The node ends with exit value {}, since a thread is lost to plugin '{}', which is quarantined, and 'node.stuck' is restart",
                    ExitCode.STUCK,
                    event.getString("id"));
            ending.askFor(ExitCode.STUCK);
        } else {
            LOG.error(
                    "A thread is lost to plugin '{}', which is quarantined; it may burn a core until the node ends. Restart the node, or let it end by itself: 'stuck: restart' in the section 'node'",
                    event.getString("id"));
        }
    }
}
