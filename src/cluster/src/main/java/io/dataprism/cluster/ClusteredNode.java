package io.dataprism.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;

/**
 * A clustered {@link Vertx} and its membership. Create a kernel on {@link #vertx}, close the kernel first and then this. Methods
 * may be called from any thread.
 */
public final class ClusteredNode {
    private final Vertx vertx;
    private final HazelcastClusterManager manager;

    private ClusteredNode(Vertx vertx, HazelcastClusterManager manager) {
        this.vertx = vertx;
        this.manager = manager;
    }

    /** Join the cluster, or begin it when no member answers. */
    public static Future<ClusteredNode> start(ClusterOptions options) {
        return start(options, new VertxOptions());
    }

    /** The same with the host's own Vert.x options; their event bus addresses are replaced by those of {@code options}. */
    public static Future<ClusteredNode> start(ClusterOptions options, VertxOptions vertxOptions) {
        Config config = HazelcastConfig.of(options);
        HazelcastClusterManager manager = new HazelcastClusterManager(config);
        EventBusOptions bus = new EventBusOptions(vertxOptions.getEventBusOptions())
                .setHost(options.host())
                .setPort(options.busPort())
                .setClusterPublicHost(options.publicHost());
        return Vertx.builder()
                .with(new VertxOptions(vertxOptions).setEventBusOptions(bus))
                .withClusterManager(manager)
                .buildClustered()
                .map(vertx -> new ClusteredNode(vertx, manager))
                .recover(cause -> Future.failedFuture(new ClusterException(options, cause)));
    }

    public Vertx vertx() {
        return vertx;
    }

    /** The members that this node sees now, itself included, each by the node name it joined with. */
    public List<String> members() {
        return hazelcast().getCluster().getMembers().stream()
                .map(member -> member.getAttribute(HazelcastConfig.NODE_NAME))
                .sorted()
                .toList();
    }

    /** The port of the membership: what the others name in their {@code members}. */
    public int port() {
        return hazelcast().getCluster().getLocalMember().getAddress().getPort();
    }

    /** Leave the cluster and close the Vertx. */
    public Future<Void> close() {
        return vertx.close();
    }

    private HazelcastInstance hazelcast() {
        return manager.getHazelcastInstance();
    }
}
