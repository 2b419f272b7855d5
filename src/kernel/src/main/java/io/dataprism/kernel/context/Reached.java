package io.dataprism.kernel.context;

import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that a plugin's requests made, in use or kept for the next one, and where each leads. Safe to use from any thread. */
final class Reached {
    private final Reach reach;
    private final Map<HttpConnection, Destination> open = new ConcurrentHashMap<>();

    Reached(Reach reach) {
        this.reach = reach;
    }

    /** {@code connection} leads to {@code place}; closed at once where that is not allowed any more. */
    void add(HttpConnection connection, Destination place) {
        open.put(connection, place);
        connection.closeHandler(closed -> open.remove(connection));
        closeUnlessAllowed(connection, place);
    }

    /** Close those that are not allowed any more. */
    void look() {
        open.forEach(this::closeUnlessAllowed);
    }

    private void closeUnlessAllowed(HttpConnection connection, Destination place) {
        if (!reach.isAllowed(place)) {
            open.remove(connection);
            connection.close();
        }
    }
}
