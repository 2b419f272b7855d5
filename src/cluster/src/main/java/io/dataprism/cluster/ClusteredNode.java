package io.dataprism.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import io.dataprism.kernel.messaging.RemoteTrust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A clustered {@link Vertx} and its membership. Create a kernel on {@link #vertx} that trusts its {@link #trust}, close the kernel first and then
 * this. Methods may be called from any thread.
 */
public final class ClusteredNode {
    private final ClusterOptions options;
    private final Vertx vertx;
    private final HazelcastClusterManager manager;

    private ClusteredNode(ClusterOptions options, Vertx vertx, HazelcastClusterManager manager) {
        this.options = options;
        this.vertx = vertx;
        this.manager = manager;
    }

    /** Join the cluster, or begin it when no member answers. */
    public static Future<ClusteredNode> start(ClusterOptions options) {
        return start(options, new VertxOptions());
    }

    /**
     * The same with the host's own Vert.x options; their event bus addresses are replaced by those of {@code options}. Looks {@link
     * ClusterOptions#host} up, so not for an event loop.
     *
     * @return fails with a {@link ClusterException}
     */
    public static Future<ClusteredNode> start(ClusterOptions options, VertxOptions vertxOptions) {
        String address;
        try {
            InetAddress host = InetAddress.getByName(options.host());
            requireFree(host, options.port());
            requireFree(host, options.busPort());
            address = host.getHostAddress();
        } catch (IOException e) {
            return Future.failedFuture(ClusterException.cannotJoin(options, e));
        }
        HazelcastClusterManager manager = new HazelcastClusterManager(HazelcastConfig.of(options, address));
        EventBusOptions bus = new EventBusOptions(vertxOptions.getEventBusOptions())
                .setHost(address)
                .setPort(options.busPort())
                .setClusterPublicHost(options.publicHost());
        return Vertx.builder()
                .with(new VertxOptions(vertxOptions).setEventBusOptions(bus))
                .withClusterManager(manager)
                .buildClustered()
                .recover(cause -> Future.failedFuture(ClusterException.cannotJoin(options, cause)))
                .map(vertx -> new ClusteredNode(options, vertx, manager))
                .compose(ClusteredNode::withOwnName);
    }

    /** Or Hazelcast would tell of a port that is taken in its own way, by stack traces. One that is taken after this is told so still. */
    private static void requireFree(InetAddress host, int port) throws IOException {
        new ServerSocket(port, 1, host).close();
    }

    public Vertx vertx() {
        return vertx;
    }

    /** Takes the word of this cluster's members for whom they speak. */
    public RemoteTrust trust() {
        return new MemberTrust(this::isMember, this::onDeparture, this::onArrival);
    }

    /** The members that this node sees now, itself included, each by the node name it joined with. */
    public List<String> members() {
        return hazelcast().getCluster().getMembers().stream()
                .map(ClusteredNode::nameOf)
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

    /** Of two members with one name the later one leaves. */
    private Future<ClusteredNode> withOwnName() {
        Member first = hazelcast().getCluster().getMembers().stream()
                .filter(member -> options.node().equals(nameOf(member)))
                .findFirst()
                .orElseThrow();
        return first.localMember()
                ? Future.succeededFuture(this)
                : close().compose(closed -> Future.failedFuture(ClusterException.nameTaken(options)));
    }

    private boolean isMember(String name) {
        return hazelcast().getCluster().getMembers().stream().anyMatch(member -> name.equals(nameOf(member)));
    }

    private Runnable onDeparture(Runnable left) {
        return onChange(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                // Nobody waits for who was not there.
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                left.run();
            }
        });
    }

    /** When two clusters become one again, each member of one comes to all of the other. */
    private Runnable onArrival(Consumer<String> joined) {
        return onChange(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                joined.accept(nameOf(event.getMember()));
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                // It is not asked any more once it is given up.
            }
        });
    }

    private Runnable onChange(MembershipListener listener) {
        UUID listening = hazelcast().getCluster().addMembershipListener(listener);
        return () -> {
            if (hazelcast().getLifecycleService().isRunning()) {
                hazelcast().getCluster().removeMembershipListener(listening);
            }
        };
    }

    private static String nameOf(Member member) {
        return String.valueOf(member.getAttribute(HazelcastConfig.NODE_NAME));
    }

    HazelcastInstance hazelcast() {
        return manager.getHazelcastInstance();
    }
}
