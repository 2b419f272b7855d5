package io.dataprism.gateway;

import org.jspecify.annotations.Nullable;

/** Why a handshake did not become a socket. */
enum Refusal {
    HOST(
            421,
            "DP-1003",
            "The Host header names another server. Connect by a loopback name, or add the name to 'hosts'."),
    ORIGIN(403, "DP-1004", "Pages of this origin may not connect. Add the origin to 'origins'."),
    TOKEN(401, "DP-1005", "A token is required: 'Authorization: Bearer <token>' or '?token=<token>'."),
    USER_SOCKETS(429, "DP-1006", "This user has too many sockets open."),
    SOCKETS(503, "DP-1007", "The gateway has too many sockets open.");

    private static final int LONGEST = 100;

    private final int status;
    private final String code;
    private final String text;

    Refusal(int status, String code, String text) {
        this.status = status;
        this.code = code;
        this.text = text;
    }

    int status() {
        return status;
    }

    /** The body of the answer. */
    String body() {
        return code + ": " + text + "\n";
    }

    /**
     * What the operator is told.
     *
     * @param host the request's header, which could be anything
     * @param origin likewise
     */
    String logged(@Nullable String host, @Nullable String origin) {
        return switch (this) {
            case HOST -> code + ": " + text + found("Host", host);
            case ORIGIN -> code + ": " + text + found("Origin", origin);
            default -> code + ": " + text;
        };
    }

    private static String found(String header, @Nullable String value) {
        String shown = value == null ? "" : value.replaceAll("[^\\p{Graph}]", "?");
        return " " + header + ": " + (shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…");
    }
}
