package io.dataprism.postgres;

import io.dataprism.api.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Who connected to which database: a name to use it by, no socket. Whoever connects and never disconnects loses what it has not used for longest. In the plugin's
 * slices.
 */
final class Connections {
    /** Of one caller. */
    private static final int MOST = 1_000;

    /** The one that was used last comes last. */
    private final Map<String, Connected> all = new LinkedHashMap<>(16, 0.75f, true);

    private record Connected(String database, String caller) {}

    String add(Call call, String database) {
        String caller = call.caller().label();
        List<String> others = all.entrySet().stream()
                .filter(one -> one.getValue().caller().equals(caller))
                .map(Map.Entry::getKey)
                .toList();
        if (others.size() >= MOST) {
            all.remove(others.get(0));
        }
        String id = UUID.randomUUID().toString();
        all.put(id, new Connected(database, caller));
        return id;
    }

    /** The database behind {@code connection}. */
    String database(Call call, String connection) {
        Connected connected = all.get(connection);
        if (connected == null || !connected.caller().equals(call.caller().label())) {
            throw PostgresProblem.NO_CONNECTION.failure(
                    "there is no connection '" + connection + "' of " + call.caller() + " (any more). Connect again.");
        }
        return connected.database();
    }

    void remove(Call call, String connection) {
        all.computeIfPresent(
                connection,
                (id, connected) -> connected.caller().equals(call.caller().label()) ? null : connected);
    }

    void removeAllOf(String caller) {
        all.values().removeIf(connected -> connected.caller().equals(caller));
    }

    int size() {
        return all.size();
    }
}
