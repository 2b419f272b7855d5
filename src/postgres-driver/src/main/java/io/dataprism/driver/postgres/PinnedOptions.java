package io.dataprism.driver.postgres;

import io.dataprism.kernel.database.DatabaseTarget;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;

/** Leads to the address that was checked, whatever the host's name means by now; the name stays what certificates are held against. */
final class PinnedOptions extends PgConnectOptions {
    private final SocketAddress address;

    private PinnedOptions(SocketAddress address) {
        this.address = address;
    }

    /** Blocks: reads whom Java trusts. */
    static PgConnectOptions of(DatabaseTarget target) throws GeneralSecurityException, UnknownHostException {
        String host = target.host().replaceAll("[\\[\\]]", "");
        InetAddress named = InetAddress.getByAddress(host, target.address().getAddress());
        PgConnectOptions options =
                new PinnedOptions(SocketAddress.inetSocketAddress(new InetSocketAddress(named, target.port())));
        return options.setHost(host)
                .setPort(target.port())
                .setDatabase(target.database())
                .setUser(target.user())
                .setPassword(target.password())
                .setProperties(Map.of("application_name", target.client(), "client_encoding", "UTF8"))
                .setCachePreparedStatements(false)
                .setPipeliningLimit(1)
                .setReconnectAttempts(0)
                .setSslMode(mode(target))
                .setSslOptions(tls(target));
    }

    private static SslMode mode(DatabaseTarget target) {
        return switch (target.tls()) {
            case DISABLE -> SslMode.DISABLE;
            case REQUIRE -> SslMode.REQUIRE;
            case VERIFY_CA -> SslMode.VERIFY_CA;
            case VERIFY_FULL -> SslMode.VERIFY_FULL;
        };
    }

    private static ClientSSLOptions tls(DatabaseTarget target) throws GeneralSecurityException {
        ClientSSLOptions options = new ClientSSLOptions();
        return switch (target.tls()) {
            case DISABLE, REQUIRE -> options.setTrustAll(true).setHostnameVerificationAlgorithm("");
            case VERIFY_CA -> options.setTrustOptions(trusted(target)).setHostnameVerificationAlgorithm("");
            case VERIFY_FULL -> options.setTrustOptions(trusted(target)).setHostnameVerificationAlgorithm("HTTPS");
        };
    }

    private static TrustOptions trusted(DatabaseTarget target) throws GeneralSecurityException {
        if (!target.certificates().isEmpty()) {
            return new PemTrustOptions().addCertValue(Buffer.buffer(target.certificates()));
        }
        TrustManagerFactory java = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        java.init((KeyStore) null);
        return TrustOptions.wrap(java.getTrustManagers()[0]);
    }

    @Override
    public SocketAddress getSocketAddress() {
        return address;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
