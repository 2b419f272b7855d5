package io.dataprism.app.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.cluster.ClusterOptions;
import io.dataprism.gateway.GatewayOptions;
import io.dataprism.kernel.options.OptionProblem;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code config schema} prints for editors has the keys that are read, and no others. */
class ConfSchemaTest {
    private static final Pattern KNOWN = Pattern.compile("expected one of ([^.]+)\\.");
    private static final JsonObject UNKNOWN = new JsonObject().put("no-such-key", true);

    private static Set<String> inTheSchema(String section) {
        return new TreeSet<>(new JsonObject(ConfSchema.text())
                .getJsonObject("properties")
                .getJsonObject(section)
                .getJsonObject("properties")
                .fieldNames());
    }

    /** As they are listed for who misspells one. */
    private static Set<String> read(List<OptionProblem> problems) {
        return problems.stream()
                .map(problem -> KNOWN.matcher(problem.message()))
                .filter(Matcher::find)
                .findFirst()
                .map(found -> new TreeSet<>(Set.of(found.group(1).split(", "))))
                .orElseThrow();
    }

    @Test
    void hasEachKeyOfTheGateway() {
        assertEquals(read(GatewayOptions.fromJson(UNKNOWN).problems()), inTheSchema("gateway"));
    }

    @Test
    void hasEachKeyOfTheCluster() {
        assertEquals(read(ClusterOptions.fromJson(UNKNOWN).problems()), inTheSchema("cluster"));
    }
}
