package io.dataprism.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many sockets are open or being opened, in all and by user. A place is taken before the handshake is answered, so that no two handshakes get the
 * last one. Belongs to the gateway's event loop.
 */
final class OpenSockets {
    private final int most;
    private final int mostOfUser;
    private final Map<String, Integer> byUser = new HashMap<>();
    private int all;

    OpenSockets(int most, int mostOfUser) {
        this.most = most;
        this.mostOfUser = mostOfUser;
    }

    /** Take a place for {@code user}; else, why there is none. */
    Optional<Refusal> take(String user) {
        if (all >= most) {
            return Optional.of(Refusal.SOCKETS);
        }
        if (byUser.getOrDefault(user, 0) >= mostOfUser) {
            return Optional.of(Refusal.USER_SOCKETS);
        }
        all++;
        byUser.merge(user, 1, Integer::sum);
        return Optional.empty();
    }

    /** Give a place back. */
    void free(String user) {
        all--;
        byUser.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
    }
}
