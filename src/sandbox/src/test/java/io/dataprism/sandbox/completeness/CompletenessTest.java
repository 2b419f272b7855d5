package io.dataprism.sandbox.completeness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.sandbox.rules.JdkTypes;
import io.dataprism.sandbox.rules.ResourceLines;
import io.dataprism.sandbox.rules.RuleFinder;
import io.dataprism.sandbox.rules.RuleTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

/** Holds the rule table against the code of the JDK that runs the test: what acts for a plugin has a rule, or a reason why it needs none. */
@EnabledOnOs(OS.LINUX)
class CompletenessTest {
    private static final int RELEASE = Runtime.version().feature();

    private static CodeBase jdk;
    private static Rulings natives;
    private static Rulings rulings;
    private static Reach reach;

    @BeforeAll
    static void walkTheJdk() throws IOException {
        jdk = CodeBase.ofThisJdk();
        natives = Rulings.read("natives.txt", RELEASE);
        rulings = Rulings.read("rulings.txt", RELEASE);
        RuleFinder rules = new RuleFinder(RuleTable.standard(), JdkTypes.running(), type -> Optional.empty());
        reach = new Reach(jdk, new CallGraph(jdk), rules, rulings);
        Map<Checks, Set<CodeMethod>> sinks = Sinks.of(jdk, natives, RELEASE);
        for (Checks checks : Checks.values()) {
            reach.from(checks, sinks.getOrDefault(checks, Set.of()));
        }
    }

    @Test
    void whatAPluginCanCallAndActsForItHasARuleOrAReason() {
        List<String> missing = reach.unruled.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .toList();
        assertEquals(
                List.of(),
                missing,
                ofRelease()
                        + "methods that lead to what takes a permission, which no rule asks for. Give each a rule in"
                        + " rules.txt, or a line in rulings.txt that says why it needs none");
    }

    @Test
    void eachNativeMethodIsToldOf() {
        List<String> unknown = jdk.methods()
                .filter(CodeMethod::isNative)
                .map(CodeMethod::toString)
                .filter(method -> natives.about(method).isEmpty())
                .toList();
        assertEquals(
                List.of(),
                unknown,
                ofRelease() + "native methods that nobody has looked at. Say in natives.txt what each does");
    }

    @Test
    void noReasonIsAboutNothing() {
        jdk.methods().filter(CodeMethod::isNative).forEach(method -> natives.about(method.toString()));
        assertEquals(
                List.of(),
                rulings.unused(),
                ofRelease() + "rulings about nothing. Remove each, or say 'since' or 'before'");
        assertEquals(
                List.of(),
                natives.unused(),
                ofRelease() + "lines about no native method. Remove each, or say 'since' or 'before'");
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    void theListOfWhatAskedIsTrue() {
        assertEquals(
                new TreeSet<>(ResourceLines.of(Sinks.class, Sinks.LIST)),
                Sinks.lines(Sinks.inCode(jdk)),
                "what asks the security manager here is not what " + Sinks.LIST + " has");
    }

    private static String ofRelease() {
        return RELEASE == 17 || RELEASE == 25
                ? "Java " + RELEASE + " has "
                : "Java " + RELEASE + " was not looked at yet (17 and 25 were); it has ";
    }
}
