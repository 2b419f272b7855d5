package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.kernel.vertx.BusConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressSurveyTest {
    private final List<String> addresses = new ArrayList<>();
    private final Map<String, BusConsumer> there = new HashMap<>();
    private final AddressSurvey survey = new AddressSurvey(
            addresses,
            address -> !address.startsWith("others"),
            address -> there.containsKey(address) ? List.of(there.get(address)) : List.of());

    private BusConsumer consume(String address) {
        BusConsumer consumer = new BusConsumer(address, "somebody");
        there.put(address, consumer);
        return consumer;
    }

    @Test
    void ofAThousandAddressesAllAreLookedAtEachTime() {
        addresses.addAll(List.of("a", "b", "others"));
        consume("others");
        assertEquals(List.of(), survey.look());
        BusConsumer b = consume("b");
        assertEquals(List.of(b), survey.look());
        assertEquals(List.of(b), survey.look());
        there.remove("b");
        assertEquals(List.of(), survey.look());
    }

    @Test
    void ofMoreTheyHaveTheirTurnsAndWhoWasFoundIsLookedAtEachTime() {
        for (int i = 0; i < 2 * AddressSurvey.TURN + 1; i++) {
            addresses.add("a" + i);
        }
        BusConsumer last = consume("a" + 2 * AddressSurvey.TURN);
        BusConsumer first = consume("a0");
        assertEquals(List.of(first), survey.look());
        assertEquals(List.of(first), survey.look());
        assertEquals(List.of(first, last), survey.look());
        there.remove("a0");
        assertEquals(List.of(last), survey.look());
    }
}
