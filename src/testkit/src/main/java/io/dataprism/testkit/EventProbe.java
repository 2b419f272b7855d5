package io.dataprism.testkit;

import io.dataprism.api.Event;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Writes down the events of a pattern, from when it was made. */
public final class EventProbe {
    private final TestKernel kernel;
    private final String pattern;
    private final List<Event> seen = new CopyOnWriteArrayList<>();
    private int taken;

    private EventProbe(TestKernel kernel, String pattern) {
        this.kernel = kernel;
        this.pattern = pattern;
    }

    static EventProbe on(TestKernel kernel, String pattern) {
        EventProbe probe = new EventProbe(kernel, pattern);
        kernel.value("subscribing to " + pattern, kernel.kernel().events().subscribe(pattern, probe.seen::add));
        return probe;
    }

    /** The next event that was not taken yet, waiting for it. */
    public Event next() {
        return await(1).get(0);
    }

    /** The next {@code count} events that were not taken yet, waiting for them. */
    public List<Event> await(int count) {
        Await.until(
                count + " event(s) on '" + pattern + "'",
                () -> seen.size() >= taken + count,
                Await.LIMIT,
                () -> "Came: " + topics(untaken()) + ". " + kernel.situation());
        List<Event> events = List.copyOf(seen.subList(taken, taken + count));
        taken += count;
        return events;
    }

    /** The first event from now on that fits, waiting for it; those before it count as taken. */
    public Event await(String what, Predicate<Event> fits) {
        while (true) {
            Event event;
            try {
                event = next();
            } catch (AssertionError e) {
                throw new AssertionError("No event on '" + pattern + "' was " + what + ". " + e.getMessage(), e);
            }
            if (fits.test(event)) {
                return event;
            }
        }
    }

    /** All events so far, without waiting. */
    public List<Event> seen() {
        return List.copyOf(seen);
    }

    /** The events so far that were not taken yet, without waiting. */
    public List<Event> untaken() {
        return List.copyOf(seen.subList(taken, seen.size()));
    }

    private static List<String> topics(List<Event> events) {
        return events.stream().map(Event::topic).toList();
    }
}
