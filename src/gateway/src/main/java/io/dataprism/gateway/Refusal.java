package io.dataprism.gateway;

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
}
