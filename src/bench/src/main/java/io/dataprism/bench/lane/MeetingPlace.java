package io.dataprism.bench.lane;

import io.dataprism.bench.plugin.Meeting;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where things are left for measured plugins: a security provider that provides nothing, which is the same object for host and plugins, sandboxed or
 * not.
 */
final class MeetingPlace extends Provider {
    private static final long serialVersionUID = 1;
    private static final MeetingPlace OPEN = open();

    private final transient Map<Object, Object> left = new ConcurrentHashMap<>();

    private MeetingPlace() {
        super(Meeting.PLACE, "1", "Things that a benchmark leaves for the plugins that it measures");
    }

    private static MeetingPlace open() {
        MeetingPlace place = new MeetingPlace();
        Security.addProvider(place);
        return place;
    }

    /** Leave something for whichever plugin plays {@code role}. */
    static void leave(String meeting, String role, Object thing) {
        OPEN.left.put(meeting + "/" + role, thing);
    }

    /** Forget all that was left for a meeting. */
    static void end(String meeting) {
        OPEN.left.keySet().removeIf(key -> String.valueOf(key).startsWith(meeting + "/"));
    }

    @Override
    public synchronized @Nullable Object get(Object key) {
        return left.get(key);
    }
}
