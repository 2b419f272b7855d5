package io.dataprism.kernel.database;

import java.net.InetAddress;
import java.time.Duration;

/**
 * What to connect to. Its text never shows password or certificates.
 *
 * @param host as it was named, which a certificate is held against
 * @param address where it is: the one that was checked
 * @param certificates who may sign the server's certificate, in PEM; empty for those that Java trusts
 * @param client how the connection is named at the server
 * @param patience how long connecting and logging in may take
 */
public record DatabaseTarget(
        String host,
        InetAddress address,
        int port,
        String database,
        TlsMode tls,
        String user,
        String password,
        String certificates,
        String client,
        Duration patience) {

    @Override
    public String toString() {
        return host + ":" + port + "/" + database + " as " + user;
    }
}
