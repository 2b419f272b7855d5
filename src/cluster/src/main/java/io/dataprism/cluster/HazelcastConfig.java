package io.dataprism.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import java.util.List;

/**
 * Hazelcast as the membership of a cluster and nothing more: it joins the configured members by TCP, listens on one address for
 * members and for no clients, and says nothing to anybody outside.
 */
final class HazelcastConfig {
    /** The member attribute that carries the node's name. */
    static final String NODE_NAME = "dataprism.node";

    private HazelcastConfig() {}

    /** @param address the numeric form of {@link ClusterOptions#host}, which is the one that can be compared with the machine's own */
    static Config of(ClusterOptions options, String address) {
        Config config = new Config();
        config.setClusterName(options.name());
        config.getMemberAttributeConfig().setAttribute(NODE_NAME, options.node());
        quiet(config);
        noForeignClasses(config);
        failures(config, options);
        stores(config);
        network(config, options, address);
        return config;
    }

    private static void quiet(Config config) {
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.logging.details.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        // Members are configured: there is nothing to wait for before asking them
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.getMetricsConfig().setEnabled(false);
    }

    /** What a member may make this one instantiate: Vert.x's registrations and the JDK's plain values. */
    private static void noForeignClasses(Config config) {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
        filter.setDefaultsDisabled(true);
        filter.getWhitelist().addPrefixes("io.vertx.", "java.lang.", "java.util.", "com.hazelcast.", "[");
        config.getSerializationConfig().setJavaSerializationFilterConfig(filter);
    }

    private static void failures(Config config, ClusterOptions options) {
        long seconds = options.failureTimeout().toSeconds();
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", Long.toString(seconds));
        config.setProperty("hazelcast.operation.call.timeout.millis", Long.toString(seconds * 1_000));
        // Nodes whose names were not known yet when they started look for each other in the same way as the halves of
        // a cluster that was apart.
        config.setProperty("hazelcast.merge.first.run.delay.seconds", Long.toString(seconds));
        config.setProperty("hazelcast.merge.next.run.delay.seconds", Long.toString(seconds));
    }

    /** What Vert.x keeps in the cluster: who consumes which address, and where the nodes are. */
    private static void stores(Config config) {
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        config.getMapConfig("__vertx.haInfo").setBackupCount(1);
        config.getMapConfig("__vertx.nodeInfo").setBackupCount(1);
    }

    private static void network(Config config, ClusterOptions options, String address) {
        ServerSocketEndpointConfig members = new ServerSocketEndpointConfig();
        members.setPort(options.port()).setPortAutoIncrement(false).setReuseAddress(true);
        members.setPublicAddress(options.publicHost());
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig().setEnabled(true);
        network.setMemberEndpointConfig(members);
        join(network.getJoin(), options.members());
        config.setProperty("hazelcast.socket.bind.any", "false");
        // Not by the endpoint's interfaces: those also strike out every member named by a host whose address is not
        // among them
        config.setProperty("hazelcast.local.localAddress", address);
    }

    private static void join(JoinConfig join, List<String> members) {
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(members);
    }
}
