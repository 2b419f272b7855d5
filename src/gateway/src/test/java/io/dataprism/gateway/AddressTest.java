package io.dataprism.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AddressTest {

    @Test
    void readsWhatClientsMayName() {
        assertEquals(Optional.of(new Address.Capability("charts", "render")), Address.parse("plugin:charts:render"));
        assertEquals(Optional.of(new Address.Topic("weather.update")), Address.parse("event:weather.update"));
        assertEquals(Optional.of(new Address.Topic("weather.**")), Address.parse("event:weather.**"));
        assertEquals(
                Optional.of(new Address.Participant("ops.room", "user:ada")),
                Address.parse("channel:ops.room:user:ada"));
        assertEquals(Optional.of(new Address.Participant("room", "weather")), Address.parse("channel:room:weather"));
        assertEquals(Optional.of(new Address.Participant("room", "*")), Address.parse("channel:room:*"));
    }

    @Test
    void everythingElseIsRefused() {
        List<String> refused = List.of(
                "",
                "plain",
                "kernel:plugins:list",
                "KERNEL:plugins:list",
                " kernel:plugins:list",
                "__vertx.reply.1",
                "plugin:",
                "plugin:charts",
                "plugin:Charts:render",
                "plugin:charts:render:more",
                "plugin:charts:",
                "plugin:../x:render",
                "event:",
                "event:a..b",
                "event:a b",
                "event:kernel:plugins:list",
                "channel:room",
                "channel:room:",
                "channel:*:weather",
                "channel:room:user:",
                "channel:room:user:ada:x",
                "channel:room:a b",
                "event:" + "a".repeat(300));
        refused.forEach(text -> assertEquals(Optional.empty(), Address.parse(text), text));
    }
}
