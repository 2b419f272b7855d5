package io.dataprism.testkit;

import io.dataprism.kernel.traffic.Kind;
import io.dataprism.kernel.traffic.Outcome;
import io.dataprism.kernel.traffic.Sighting;
import io.dataprism.kernel.traffic.WatchOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes down the calls of some plugins' capabilities, from when it was made: whoever calls, and also where the gate refuses or nobody is there to
 * answer.
 */
public final class CallProbe {
    private final TestKernel kernel;
    private final String pattern;
    private final List<SeenCall> seen = new CopyOnWriteArrayList<>();
    private final Map<String, Ended> ended = new ConcurrentHashMap<>();
    private int taken;

    private CallProbe(TestKernel kernel, String pattern) {
        this.kernel = kernel;
        this.pattern = pattern;
    }

    static CallProbe on(TestKernel kernel, String pattern) {
        CallProbe probe = new CallProbe(kernel, pattern);
        WatchOptions calls = WatchOptions.ALL
                .withPattern("plugin:" + pattern)
                .withKinds(Set.of(Kind.CALL, Kind.ANSWER))
                .withBody(true);
        kernel.kernel().messages().watch(calls, probe::saw);
        return probe;
    }

    /**
     * A call that was made.
     *
     * @param id the message's
     * @param caller who called, as a label: a plugin's id, {@code host} or {@code user:<name>}
     * @param request what was asked, what a contract calls sensitive masked
     */
    public record SeenCall(String id, String caller, String plugin, String capability, Optional<Object> request) {
        private static SeenCall of(Sighting line) {
            String[] address = line.to().split(":", 3);
            return new SeenCall(line.id(), line.from(), address[1], address[2], line.body());
        }
    }

    /**
     * How a call ended.
     *
     * @param detail why it failed; empty where it did not
     */
    public record Ended(Outcome outcome, String detail) {}

    private void saw(Sighting line) {
        if (line.kind() == Kind.CALL) {
            seen.add(SeenCall.of(line));
        }
        if (line.kind() == Kind.ANSWER || line.outcome().isFailure()) {
            ended.put(line.id(), new Ended(line.outcome(), line.detail()));
        }
    }

    /** The next call that was not taken yet, waiting for it. */
    public SeenCall next() {
        Await.until("a call of '" + pattern + "'", () -> seen.size() > taken, Await.LIMIT, kernel::situation);
        return seen.get(taken++);
    }

    /** How {@code call} ended, waiting for its end. */
    public Ended end(SeenCall call) {
        Await.until(
                call.caller() + "'s call of " + call.plugin() + ":" + call.capability() + " to end",
                () -> ended.containsKey(call.id()),
                Await.LIMIT,
                kernel::situation);
        return Objects.requireNonNull(ended.get(call.id()));
    }

    /** All calls so far, without waiting. */
    public List<SeenCall> seen() {
        return List.copyOf(seen);
    }
}
