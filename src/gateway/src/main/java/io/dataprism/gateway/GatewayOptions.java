package io.dataprism.gateway;

import io.dataprism.kernel.options.Checked;
import io.dataprism.kernel.options.OptionReader;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a node's gateway listens and whom it lets in.
 *
 * @param host the address to listen on
 * @param port 0 takes a free one, which the running gateway names
 * @param allowRemote whether {@code host} may be other than loopback; there is no TLS here, so only behind a proxy that has it
 * @param origins origins of pages, such as {@code https://console.example.com}, that may connect besides the gateway's own
 * @param hosts names that a request's {@code Host} may carry besides the loopback names and {@code host}
 * @param users who may connect
 * @param quotas what a client may hold
 */
public record GatewayOptions(
        String host,
        int port,
        boolean allowRemote,
        Set<String> origins,
        Set<String> hosts,
        BridgeUsers users,
        Quotas quotas) {

    /** The code of a problem in the section {@code gateway}. */
    public static final String CODE = "DP-1001";

    private static final int DEFAULT_PORT = 7780;

    public GatewayOptions {
        origins = Set.copyOf(origins);
        hosts = Set.copyOf(hosts);
    }

    /** On a free loopback port, for these users. */
    public static GatewayOptions onLoopback(BridgeUsers users) {
        return new GatewayOptions("127.0.0.1", 0, false, Set.of(), Set.of(), users, Quotas.DEFAULT);
    }

    public GatewayOptions withPort(int port) {
        return new GatewayOptions(host, port, allowRemote, origins, hosts, users, quotas);
    }

    public GatewayOptions withOrigins(Set<String> origins) {
        return new GatewayOptions(host, port, allowRemote, origins, hosts, users, quotas);
    }

    public GatewayOptions withQuotas(Quotas quotas) {
        return new GatewayOptions(host, port, allowRemote, origins, hosts, users, quotas);
    }

    /** From the section {@code gateway} of the configuration; references in it were resolved before. */
    public static Checked<GatewayOptions> fromJson(JsonObject section) {
        OptionReader reader = new OptionReader("gateway", section, CODE);
        String host = reader.text("host", "127.0.0.1");
        int port = reader.number("port", DEFAULT_PORT, 0, 65_535);
        boolean allowRemote = reader.flag("allow-remote", false);
        if (!allowRemote && !Loopback.isLoopback(host)) {
            reader.problem(
                    "host",
                    "must be a loopback address (127.0.0.1, ::1, localhost), but is " + host
                            + ". The gateway speaks no TLS itself: put a proxy that does in front of it and set 'allow-remote: true'.");
        }
        List<String> origins = reader.texts("origins");
        origins.stream()
                .filter(origin -> Origins.parse(origin).isEmpty())
                .forEach(origin -> reader.problem(
                        "origins",
                        "must be origins such as https://console.example.com, without a path and without '*', but one is "
                                + origin + "."));
        List<String> hosts = reader.texts("hosts");
        BridgeUsers users = BridgeUsers.read(reader);
        Quotas quotas = Quotas.read(reader);
        return reader.checked(
                () -> new GatewayOptions(host, port, allowRemote, lowerCase(origins), lowerCase(hosts), users, quotas));
    }

    private static Set<String> lowerCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
