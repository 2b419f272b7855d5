package io.dataprism.kernel.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.PluginException;
import io.dataprism.sandbox.rules.Demand;
import io.dataprism.sandbox.rules.Outcome;
import io.dataprism.sandbox.rules.RuleTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The permissions of the sandbox's rule table are those that can be asked for and granted, in scopes that can be written. */
class RuleTableScopesTest {
    /** What an argument may be, by permission. */
    private static final Map<String, String> SAMPLES = Map.of(
            "file-access", "/data/a.csv",
            "network-access", "example.com",
            "process-start", "/bin/ls",
            "environment", "HOME",
            "system-properties", "user.home",
            "reflection", "com.example.Type");

    private static Stream<Demand> demands() {
        return RuleTable.standard().rules().stream()
                .filter(rule -> rule.outcome() instanceof Outcome.Demands)
                .flatMap(rule -> ((Outcome.Demands) rule.outcome()).all().stream());
    }

    @Test
    void eachPermissionOfTheTableCanBeAskedFor() {
        List<String> known = Arrays.stream(PermissionName.values())
                .map(PermissionName::label)
                .toList();
        assertEquals(
                List.of(),
                RuleTable.standard().permissions().keySet().stream()
                        .filter(name -> !known.contains(name))
                        .toList());
    }

    @Test
    void eachScopeOfTheTableIsOneThatCanBeGranted() {
        assertEquals(
                List.of(),
                demands()
                        .map(RuleTableScopesTest::filled)
                        .distinct()
                        .filter(permission -> !isValid(permission))
                        .toList());
    }

    private static String filled(Demand demand) {
        String scope = demand.fill(i -> Optional.of(sample(demand, i))).orElseThrow();
        return scope.isEmpty() ? demand.permission() : demand.permission() + ":" + scope;
    }

    /** The second part of an address is its port, and an address that stands alone is a whole one. */
    private static String sample(Demand demand, int argument) {
        if (demand.permission().equals("network-access")) {
            return demand.scope().contains("://")
                    ? argument == 1 || demand.scope().contains("*:") ? "443" : "example.com"
                    : "https://example.com:443";
        }
        return SAMPLES.getOrDefault(demand.permission(), "");
    }

    private static boolean isValid(String permission) {
        try {
            Permission.parse(permission);
            return true;
        } catch (PluginException e) {
            return false;
        }
    }
}
