package io.dataprism.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.options.OptionProblem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClusterOptionsTest {

    private static List<OptionProblem> problems(JsonObject section) {
        return ClusterOptions.fromJson(section).problems();
    }

    @Test
    void isAloneOnLoopbackByDefault() {
        ClusterOptions options = ClusterOptions.fromJson(new JsonObject()).orThrow();
        assertEquals("dataprism", options.name());
        assertEquals("127.0.0.1", options.host());
        assertEquals("127.0.0.1", options.publicHost());
        assertEquals(List.of(), options.members());
        assertEquals(Duration.ofSeconds(15), options.failureTimeout());
    }

    @Test
    void refusesAnotherHostUnlessToldSo() {
        List<OptionProblem> problems = problems(new JsonObject().put("host", "10.0.0.1"));
        assertEquals("cluster.host", problems.get(0).path());
        assertTrue(problems.get(0).message().contains("allow-remote: true"));
        assertEquals(
                List.of(), problems(new JsonObject().put("host", "10.0.0.1").put("allow-remote", true)));
    }

    @Test
    void tellsWhichMemberIsNoHost() {
        JsonObject section = new JsonObject()
                .put(
                        "members",
                        new JsonArray()
                                .add("node-2")
                                .add("10.0.0.2:5701")
                                .add("[::1]:5701")
                                .add("http://node-3"));
        List<OptionProblem> problems = problems(section);
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).message().contains("http://node-3"));
    }
}
