package io.dataprism.kernel.traffic;

import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The dead letters of a node, in memory, bounded in number and bytes. For a new one the oldest leaves; who fills more than a quarter
 * makes room with its own, so that one sender does not push out everybody's. Safe to use from any thread.
 */
public final class DeadLetters {
    private static final int SHARE = 4;
    /** What a dead letter takes beside its body. */
    private static final long AROUND = 512;

    private final int most;
    private final long mostBytes;
    private final LongAdder unheard = new LongAdder();

    // Guarded by this.
    private final TreeMap<Long, DeadLetter> letters = new TreeMap<>();
    private final Map<String, Held> senders = new HashMap<>();
    private long last;
    private long bytes;
    private long left;

    /** What one sender's letters take. */
    private static final class Held {
        private final TreeMap<Long, DeadLetter> own = new TreeMap<>();
        private long bytes;
    }

    public DeadLetters(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Keep {@code letter} under the next number. */
    public synchronized void add(DeadLetter letter) {
        DeadLetter numbered = letter.numbered(++last);
        letters.put(last, numbered);
        Held held = senders.computeIfAbsent(letter.from(), sender -> new Held());
        held.own.put(last, numbered);
        held.bytes += weight(letter);
        bytes += weight(letter);
        while (letters.size() > most || bytes > mostBytes) {
            boolean isTooMuch = held.own.size() > most / SHARE || held.bytes > mostBytes / SHARE;
            forget(
                    isTooMuch
                            ? held.own.firstEntry().getValue()
                            : letters.firstEntry().getValue());
            left++;
        }
    }

    private static long weight(DeadLetter letter) {
        return AROUND + letter.size();
    }

    private void forget(DeadLetter letter) {
        letters.remove(letter.number());
        bytes -= weight(letter);
        Held held = senders.get(letter.from());
        if (held != null) {
            held.own.remove(letter.number());
            held.bytes -= weight(letter);
            if (held.own.isEmpty()) {
                senders.remove(letter.from());
            }
        }
    }

    /** All that are kept, the oldest first. */
    public synchronized List<DeadLetter> all() {
        return List.copyOf(letters.values());
    }

    /** @throws PluginException {@code DP-0452} where there is none of that number */
    public synchronized DeadLetter require(long number) {
        return Optional.ofNullable(letters.get(number)).orElseThrow(() -> missing(number));
    }

    private static PluginException missing(long number) {
        return new PluginException(
                "DP-0452",
                "There is no dead letter " + number
                        + ": it was replayed or dropped, or has made room for newer ones. See which there are: dataprism dead list");
    }

    /** Take one away. */
    public synchronized DeadLetter drop(long number) {
        DeadLetter letter = require(number);
        forget(letter);
        return letter;
    }

    /** Take all away; answers how many there were. */
    public synchronized int dropAll() {
        int count = letters.size();
        letters.clear();
        senders.clear();
        bytes = 0;
        return count;
    }

    /**
     * Send one once more, as who sent it at first; it is a dead letter no more.
     *
     * @return what became of it; fails as its sender's future would have
     */
    public Future<String> replay(long number) {
        Supplier<Future<String>> again;
        synchronized (this) {
            again = require(number).replay().orElseThrow(() -> bodyless(number));
            drop(number);
        }
        return Future.succeededFuture().compose(go -> again.get());
    }

    private static PluginException bodyless(long number) {
        return new PluginException(
                "DP-0453",
                "Dead letter " + number
                        + " can't be replayed: it holds what its contract calls sensitive, and such bodies are not kept. Have its sender send it again.");
    }

    /** An answer came that nobody waits for any more. */
    public void unheard() {
        unheard.increment();
    }

    /** How many are kept, how many made room for newer ones, and how many answers nobody waited for. */
    public JsonObject counts() {
        long answers = unheard.sum();
        synchronized (this) {
            return new JsonObject()
                    .put("kept", letters.size())
                    .put("bytes", bytes)
                    .put("left", left)
                    .put("unheardAnswers", answers);
        }
    }
}
