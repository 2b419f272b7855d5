package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call that came from another node is part of. It is that node's word, and used for messages alone.
 *
 * @param waiting the labels of who waits for whom, from the first to who calls
 * @param calls the ids of the calls between nodes among them, this one last
 */
record CallOrigin(List<String> waiting, List<String> calls) {
    /** The id of a call between nodes, unique among all nodes. */
    static final String ID = "dp-call";

    private static final String WAITING = "dp-waiting";
    private static final String CALLS = "dp-calls";
    private static final String BETWEEN = "\n";
    private static final int MOST = 32;
    private static final int LONGEST = 128;

    CallOrigin {
        waiting = List.copyOf(waiting);
        calls = List.copyOf(calls);
    }

    /** Of a message that brought a call; the call's own id may be missing, as nodes before this version sent none. */
    static CallOrigin read(MultiMap headers, Caller caller) {
        List<String> waiting = list(headers.get(WAITING));
        List<String> calls = new ArrayList<>(list(headers.get(CALLS)));
        calls.addAll(list(headers.get(ID)));
        return new CallOrigin(waiting.isEmpty() ? List.of(caller.label()) : waiting, calls);
    }

    /** Tell another node what {@code call}, which goes there, is part of. */
    static void write(RemoteCall<?> call, MultiMap headers) {
        headers.set(ID, call.callId());
        if (call.cause == null) {
            return;
        }
        headers.set(WAITING, String.join(BETWEEN, WaitChain.before(call)));
        List<String> calls = WaitChain.callsBefore(call);
        if (!calls.isEmpty()) {
            headers.set(CALLS, String.join(BETWEEN, calls));
        }
    }

    /** Whether who is called waits already for this call to end. */
    boolean closesCircle(String plugin) {
        return waiting.contains(plugin);
    }

    private static List<String> list(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return List.of();
        }
        List<String> items = new ArrayList<>();
        for (String item : header.split(BETWEEN, MOST + 1)) {
            if (items.size() < MOST) {
                items.add(item.length() <= LONGEST ? item : item.substring(0, LONGEST));
            }
        }
        return items;
    }
}
