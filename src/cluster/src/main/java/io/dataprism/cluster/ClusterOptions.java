package io.dataprism.cluster;

import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.options.Checked;
import io.dataprism.kernel.options.OptionReader;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a node takes part in a cluster.
 *
 * @param name the cluster's name; only nodes that give the same one join
 * @param node this node's name, the kernel's, unique in the cluster
 * @param host the address that membership and bus listen on
 * @param publicHost the address that others reach this node at; the same as {@code host} unless behind a translation
 * @param port the membership's port; 0 takes a free one
 * @param busPort the event bus's port; 0 takes a free one
 * @param members other nodes as {@code host} or {@code host:port}; the order does not matter, and naming oneself does no harm
 * @param allowRemote whether {@code host} may be other than loopback; members are trusted, so only on a network of their own
 * @param failureTimeout a member that is silent for so long is given up; one whose process ended is given up at once
 */
public record ClusterOptions(
        String name,
        String node,
        String host,
        String publicHost,
        int port,
        int busPort,
        List<String> members,
        boolean allowRemote,
        Duration failureTimeout) {

    /** The code of a problem in the section {@code cluster}. */
    public static final String CODE = "DP-1101";

    /** The port where members look for each other when none is given. */
    public static final int DEFAULT_PORT = 5701;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?");
    private static final Pattern MEMBER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+])(:[0-9]{1,5})?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|::1|127(\\.[0-9]{1,3}){3}");

    public ClusterOptions {
        members = List.copyOf(members);
    }

    /** With the kernel's name, which the section {@code cluster} does not repeat. */
    public ClusterOptions withNode(String name) {
        return new ClusterOptions(
                this.name, name, host, publicHost, port, busPort, members, allowRemote, failureTimeout);
    }

    /** From the section {@code cluster} of the configuration; the node is named by {@link #withNode}. */
    public static Checked<ClusterOptions> fromJson(JsonObject section) {
        OptionReader reader = new OptionReader("cluster", section, CODE);
        String name = name(reader, "name", "dataprism");
        String node = KernelOptions.DEFAULT.node();
        String host = reader.text("host", "127.0.0.1");
        String publicHost = reader.text("public-host", host);
        int port = reader.number("port", DEFAULT_PORT, 0, 65_535);
        int busPort = reader.number("bus-port", 0, 0, 65_535);
        List<String> members = reader.texts("members");
        members.stream()
                .filter(member -> !MEMBER.matcher(member).matches())
                .forEach(member -> reader.problem(
                        "members", "must be hosts such as node-2 or 10.0.0.2:5701, but one is " + member + "."));
        boolean allowRemote = reader.flag("allow-remote", false);
        if (!allowRemote && !LOOPBACK.matcher(host).matches()) {
            reader.problem(
                    "host",
                    "must be a loopback address, but is " + host
                            + ". Nodes trust each other: give the cluster a network of its own and set 'allow-remote: true'.");
        }
        Duration failureTimeout = reader.duration(
                "failure-timeout", Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(10));
        return reader.checked(() ->
                new ClusterOptions(name, node, host, publicHost, port, busPort, members, allowRemote, failureTimeout));
    }

    private static String name(OptionReader reader, String key, String otherwise) {
        String name = reader.text(key, otherwise);
        if (!NAME.matcher(name).matches()) {
            reader.problem(
                    key, "must be lower-case letters, digits, dots and hyphens, at most 64, but is " + name + ".");
        }
        return name;
    }
}
