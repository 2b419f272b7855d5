package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Threads each of which waits for a lock that the next one holds, and the last one for the first one's.
 *
 * @param parties in that order
 */
record Deadlock(List<Party> parties) {

    /**
     * One of the threads.
     *
     * @param id of the thread
     * @param plugin whose code it runs; empty where that is the kernel's or the host's
     * @param waitsFor the lock
     * @param heldBy the thread that holds it
     * @param frames what it does
     */
    record Party(long id, Optional<PluginId> plugin, String waitsFor, String heldBy, Frames frames) {
        private String text() {
            return plugin.map(id -> "plugin '" + id + "'").orElse("no plugin") + ", waiting for " + waitsFor
                    + " of thread " + heldBy + ": " + frames.text();
        }

        private JsonObject toJson() {
            JsonObject json = frames.toJson().put("waitsFor", waitsFor).put("heldBy", heldBy);
            plugin.ifPresent(id -> json.put("plugin", id.value()));
            return json;
        }
    }

    /**
     * All that there are among threads that are known to be in some.
     *
     * @param plugins whose code threads run, by their ids
     */
    static List<Deadlock> among(ThreadInfo[] threads, Map<Long, PluginId> plugins) {
        Map<Long, ThreadInfo> open = new LinkedHashMap<>();
        for (ThreadInfo thread : threads) {
            if (thread != null) {
                open.put(thread.getThreadId(), thread);
            }
        }
        List<Deadlock> all = new ArrayList<>();
        while (!open.isEmpty()) {
            Set<ThreadInfo> way = new LinkedHashSet<>();
            ThreadInfo next = open.values().iterator().next();
            while (next != null && way.add(next)) {
                open.remove(next.getThreadId());
                next = open.get(next.getLockOwnerId());
            }
            all.add(new Deadlock(
                    way.stream().map(thread -> party(thread, plugins)).toList()));
        }
        return all;
    }

    private static Party party(ThreadInfo thread, Map<Long, PluginId> plugins) {
        Optional<PluginId> plugin = Optional.ofNullable(plugins.get(thread.getThreadId()));
        Frames frames = Frames.of(
                thread.getThreadName(),
                thread.getThreadState(),
                thread.getStackTrace(),
                loader -> plugin.isPresent() && loader.startsWith(plugin.get() + "@"));
        return new Party(
                thread.getThreadId(),
                plugin,
                Frames.line(Objects.toString(thread.getLockInfo(), "a lock")),
                Frames.line(Objects.toString(thread.getLockOwnerName(), "")),
                frames);
    }

    /** Tells it from others. */
    Set<Long> threads() {
        return parties.stream().map(Party::id).collect(Collectors.toUnmodifiableSet());
    }

    Set<PluginId> plugins() {
        return parties.stream().flatMap(party -> party.plugin().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** For the log. */
    String text() {
        return parties.stream().map(Party::text).collect(Collectors.joining(System.lineSeparator()));
    }

    JsonObject toJson() {
        JsonArray threads = new JsonArray();
        parties.forEach(party -> threads.add(party.toJson()));
        JsonArray plugins = new JsonArray();
        plugins().stream().map(PluginId::value).sorted().forEach(plugins::add);
        return new JsonObject().put("code", "DP-0642").put("plugins", plugins).put("threads", threads);
    }
}
