package io.dataprism.kernel.messaging;

import io.dataprism.kernel.vertx.BusConsumer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Looks who consumes some addresses of the bus: each time at those at which it found somebody, and at the next thousand of all. Ten thousand plugins have some
 * ten thousand addresses, which are too many to be gone through each second. Of one thread.
 */
final class AddressSurvey {
    static final int TURN = 1_000;

    private final Turns<String> turns;
    private final Predicate<String> which;
    private final Function<String, List<BusConsumer>> at;
    private List<BusConsumer> known = List.of();

    /**
     * @param all every address; may change at any time
     * @param which those that count, as of each look
     * @param at who is there
     */
    AddressSurvey(Iterable<String> all, Predicate<String> which, Function<String, List<BusConsumer>> at) {
        this.turns = new Turns<>(TURN, all);
        this.which = which;
        this.at = at;
    }

    /** Who was found by now, and is there still. */
    List<BusConsumer> look() {
        Set<String> addresses = new LinkedHashSet<>();
        known.forEach(one -> addresses.add(one.address()));
        addresses.addAll(turns.next());
        known = addresses.stream()
                .filter(which)
                .flatMap(address -> at.apply(address).stream())
                .toList();
        return known;
    }
}
