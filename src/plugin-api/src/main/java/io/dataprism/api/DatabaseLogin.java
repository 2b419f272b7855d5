package io.dataprism.api;

import java.util.Objects;

/**
 * Which database, as whom. Its text never shows password or certificates.
 *
 * @param url {@code postgresql://<host>[:<port>]/<database>[?sslmode=<mode>]}; {@code sslmode} is {@code verify-full} where it is left out (TLS, with a
 *     certificate for that host from somebody who is trusted), {@code verify-ca} (whatever host the certificate names), {@code require} (TLS with
 *     whoever answers) or {@code disable}
 * @param certificates who is trusted to sign certificates, in PEM; empty for those that Java trusts
 */
public record DatabaseLogin(String url, String user, String password, String certificates) {

    public DatabaseLogin {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(certificates, "certificates");
    }

    /** With who Java trusts. */
    public DatabaseLogin(String url, String user, String password) {
        this(url, user, password, "");
    }

    @Override
    public String toString() {
        return "DatabaseLogin[url=" + url + ", user=" + user + ", password=(not shown)]";
    }
}
