package io.dataprism.kernel.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionReaderTest {
    private record Options(String name, int port, boolean open, Duration pause, int queue, List<String> members) {}

    private static Checked<Options> read(JsonObject section) {
        OptionReader reader = new OptionReader("part", section, "DP-9901");
        String name = reader.text("name", "one");
        int port = reader.number("port", 7, 0, 65_535);
        boolean open = reader.flag("open", false);
        Duration wait = reader.duration("wait", Duration.ofSeconds(1), Duration.ZERO, Duration.ofMinutes(1));
        int queue = reader.size("queue", 100, 1, 1 << 20);
        List<String> members = reader.texts("members");
        return reader.checked(() -> new Options(name, port, open, wait, queue, members));
    }

    @Test
    void takesDefaultsForWhatIsMissing() {
        assertEquals(
                new Options("one", 7, false, Duration.ofSeconds(1), 100, List.of()),
                read(new JsonObject()).orThrow());
    }

    @Test
    void readsEveryForm() {
        JsonObject section = new JsonObject()
                .put("name", "two")
                .put("port", 80)
                .put("open", true)
                .put("wait", "250ms")
                .put("queue", "64KiB")
                .put("members", "one, two");
        assertEquals(
                new Options("two", 80, true, Duration.ofMillis(250), 65_536, List.of("one", "two")),
                read(section).orThrow());
    }

    @Test
    void tellsEveryProblemAtOnce() {
        JsonObject section = new JsonObject()
                .put("name", 5)
                .put("port", 70_000)
                .put("open", "yes")
                .put("wait", "2h")
                .put("queue", "lots")
                .put("members", new JsonArray().add("a").add(3))
                .put("prot", 1);
        Checked<Options> checked = read(section);
        assertEquals(
                List.of(
                        "DP-9901 part.name: must be a text, but is 5.",
                        "DP-9901 part.port: must be a whole number from 0 to 65535, but is 70000.",
                        "DP-9901 part.open: must be true or false, but is yes.",
                        "DP-9901 part.wait: must be a duration such as 500ms, 10s or 5m, from 0s to 60s, but is 2h.",
                        "DP-9901 part.queue: must be a size such as 64KiB or 1MiB, from 1 to 1048576 bytes, but is lots.",
                        "DP-9901 part.members[1]: must be a text, but is 3.",
                        "DP-9901 part.prot: is not an option here; expected one of name, port, open, wait, queue, members."
                                + " Correct the name or remove it."),
                checked.problems().stream().map(OptionProblem::toString).toList());
        PluginException failure = assertThrows(PluginException.class, checked::orThrow);
        assertEquals("DP-9901", failure.code());
    }

    @Test
    void aSizeThatOverflowsIsAProblem() {
        assertEquals(
                1,
                read(new JsonObject().put("queue", "999999999999GiB"))
                        .problems()
                        .size());
    }
}
