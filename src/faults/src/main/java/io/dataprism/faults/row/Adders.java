package io.dataprism.faults.row;

import io.dataprism.api.PluginException;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Until;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Have plugins store numbers, all the while, whatever else happens to the node, and note each that was acknowledged. */
final class Adders {
    private static final Duration PAUSE = Duration.ofMillis(30);
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Supplier<NodeProcess> node;
    private final List<String> keepers;
    private final Map<String, Set<Long>> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /** @param node the one that runs now */
    Adders(Supplier<NodeProcess> node, List<String> keepers) {
        this.node = node;
        this.keepers = keepers;
    }

    void start(int number) {
        for (int i = 0; i < number; i++) {
            Thread thread = new Thread(this::run, "adder-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run() {
        try {
            while (!ended) {
                add();
                Until.passes(PAUSE);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add() {
        long number = numbers.incrementAndGet();
        String id = keepers.get((int) (number % keepers.size()));
        Set<Long> those = acknowledged.computeIfAbsent(id, first -> new ConcurrentSkipListSet<>());
        try {
            node.get().call(id, "add", new JsonObject().put("number", number), SHORT);
            those.add(number);
        } catch (PluginException refused) {
            // Not acknowledged, so nothing is promised of it
            failed.incrementAndGet();
        }
    }

    void end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    long failed() {
        return failed.get();
    }

    long count() {
        return acknowledged.values().stream().mapToLong(Set::size).sum();
    }

    /** Those that were acknowledged and are not there, by plugin. */
    Map<String, Set<Long>> lost() {
        Map<String, Set<Long>> lost = new TreeMap<>();
        acknowledged.forEach((id, numbersOf) -> {
            JsonObject all = (JsonObject) node.get().call(id, "all", new JsonObject(), SHORT);
            Set<Long> missing = new ConcurrentSkipListSet<>(numbersOf);
            all.getJsonArray("numbers").forEach(found -> missing.remove(((Number) found).longValue()));
            if (!missing.isEmpty()) {
                lost.put(id, missing);
            }
        });
        return lost;
    }
}
