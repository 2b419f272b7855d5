package io.dataprism.app.node;

import io.dataprism.app.conf.ConfWatcher;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.app.conf.Secrets;
import io.dataprism.app.input.Problems;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.manifest.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the node follow its configuration, and knows which one is in force. */
final class ConfFollower implements ConfWatcher.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ConfFollower.class);

    private final Kernel kernel;
    private final BridgeSwitch bridge;
    private final Selection selection;
    private NodeConf inForce;
    private Instant since = Instant.now();
    private List<Problem> problems = List.of();
    private Optional<ConfWatcher> watcher = Optional.empty();

    ConfFollower(Kernel kernel, BridgeSwitch bridge, NodeConf conf, Selection selection) {
        this.selection = selection;
        this.kernel = kernel;
        this.bridge = bridge;
        this.inForce = conf;
    }

    synchronized void follows(ConfWatcher started) {
        watcher = Optional.of(started);
    }

    @Override
    public synchronized void changed(NodeConf read, List<Problem> warnings) {
        NodeConf conf = selection.of(read);
        warnings.forEach(ConfFollower::log);
        AdmissionOptions policy = conf.kernel().admission();
        if (!conf.kernel().equals(inForce.kernel().withAdmission(policy))
                || !conf.cluster().equals(inForce.cluster())) {
            LOG.warn(
                    "The sections 'node', 'audit' and 'cluster' of the configuration, or one of them, changed; that takes effect when the node starts again");
        }
        LOG.info("The configuration changed");
        if (!policy.equals(inForce.kernel().admission())) {
            // before anything is installed by the new one
            kernel.admission(policy).onFailure(ConfFollower::log);
        }
        inForce = conf;
        since = Instant.now();
        problems = List.of();
        kernel.apply(conf.desired()).onFailure(ConfFollower::log);
        // not behind it: a token that was withdrawn lives no longer because a plugin takes long to start
        bridge.set(conf.gateway()).onFailure(ConfFollower::log);
    }

    private static void log(Throwable failure) {
        LOG.error(
                "The configuration could not be put in force: {}", Secrets.mask(String.valueOf(failure.getMessage())));
    }

    @Override
    public synchronized void refused(List<Problem> found) {
        problems = found;
        found.forEach(ConfFollower::log);
        LOG.warn("The configuration of {} stays in force", since);
    }

    private static void log(Problem problem) {
        switch (problem.severity()) {
            case ERROR -> LOG.error("{}", problem);
            case WARNING -> LOG.warn("{}", problem);
            case NOTE -> LOG.info("{}", problem);
        }
    }

    /** Which configuration is in force, and what is wrong with the one that is not. */
    synchronized JsonObject toJson() {
        return selection
                .addTo(new JsonObject())
                .put("since", since.toString())
                .put("configuration", inForce.json())
                .put("problems", Problems.toJson(problems));
    }

    synchronized Future<Void> close() {
        return watcher.map(ConfWatcher::close).orElse(Future.succeededFuture());
    }
}
