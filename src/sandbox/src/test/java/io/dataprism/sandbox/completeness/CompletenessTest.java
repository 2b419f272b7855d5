package io.dataprism.sandbox.completeness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.sandbox.rules.JdkTypes;
import io.dataprism.sandbox.rules.ResourceLines;
import io.dataprism.sandbox.rules.RuleFinder;
import io.dataprism.sandbox.rules.RuleTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

/**
 * Holds the rule table against the code of the JDK that runs the test, and of what else a plugin sees: what acts for a plugin has a rule, or a
 * reason why it needs none.
 */
@EnabledOnOs(OS.LINUX)
class CompletenessTest {
    private static final int RELEASE = Runtime.version().feature();

    private static CodeBase code;
    private static RuleFinder rules;
    private static Rulings natives;
    private static Rulings rulings;
    private static Rulings codeRulings;
    private static Reach reach;
    private static Reach codeReach;

    @BeforeAll
    static void walkTheJdk() throws IOException {
        code = CodeBase.ofThisJdk();
        HostTypes.addTo(code);
        natives = Rulings.read("natives.txt", RELEASE);
        rulings = Rulings.read("rulings.txt", RELEASE);
        rules = new RuleFinder(RuleTable.standard(), JdkTypes.running(), code::facts);
        codeRulings = Rulings.read("code-rulings.txt", RELEASE);
        CallGraph graph = new CallGraph(code);
        reach = new Reach(code, graph, rules, rulings);
        Map<Checks, Set<CodeMethod>> sinks = Sinks.of(code, natives, RELEASE);
        for (Checks checks : Checks.values()) {
            reach.from(checks, sinks.getOrDefault(checks, Set.of()));
        }
        codeReach = new Reach(code, graph, rules, codeRulings);
        codeReach.from(Checks.CODE, Sinks.byName(code));
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
    void whatFindsCodeByANameThatAPluginGivesHasARuleOrAReason() {
        assertEquals(
                List.of(),
                missing(codeReach),
                ofRelease()
                        + "methods that find a class by its name, or call by reflection, for whoever calls them, which no rule"
                        + " asks for. Give each a rule in rules.txt, or a line in code-rulings.txt that says why it needs none");
    }

    private static List<String> missing(Reach reach) {
        return reach.unruled.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .toList();
    }

    @Test
    void eachNativeMethodIsToldOf() {
        List<String> unknown = code.methods()
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
        code.methods().filter(CodeMethod::isNative).forEach(method -> natives.about(method.toString()));
        assertEquals(
                List.of(),
                rulings.unused(),
                ofRelease() + "rulings about nothing. Remove each, or say 'since' or 'before'");
        assertEquals(
                List.of(),
                codeRulings.unused(),
                ofRelease() + "lines of code-rulings.txt about nothing. Remove each, or say 'since' or 'before'");
        assertEquals(
                List.of(),
                natives.unused(),
                ofRelease() + "lines about no native method. Remove each, or say 'since' or 'before'");
    }

    @Test
    void whatAPluginSeesOfVertxHasARuleOrAReason() {
        Rulings reasons = Rulings.read("host-types.txt", RELEASE);
        List<String> unknown = code.methods()
                .filter(method -> method.isVisible() && !method.isSynthetic())
                .filter(method -> method.owner.name.startsWith("io/vertx/"))
                .filter(method -> rules.ofCall(method.reference()).isEmpty())
                .map(CodeMethod::toString)
                .filter(method -> reasons.about(method).isEmpty())
                .toList();
        assertEquals(
                List.of(),
                unknown,
                "methods of Vert.x that plugins see, and that nobody has looked at. Give each a rule in rules.txt, or a line in"
                        + " host-types.txt that says why it needs none");
        assertEquals(List.of(), reasons.unused(), "lines of host-types.txt about nothing. Remove them");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_18)
    void whatIsNewSinceJava17HasARuleOrAReason() throws IOException {
        Rulings reasons = Rulings.read("new-since-17.txt", RELEASE);
        List<String> unknown = EarlierApi.of(17).newIn(code).stream()
                .filter(method -> rules.ofCall(method.reference()).isEmpty())
                .map(CodeMethod::toString)
                .filter(method -> reasons.about(method).isEmpty())
                .toList();
        assertEquals(
                List.of(),
                unknown,
                ofRelease()
                        + "methods that Java 17 had not, and that nobody has looked at. Give each a rule in rules.txt, or a"
                        + " line in new-since-17.txt that says why it needs none");
        if (RELEASE == 25) {
            assertEquals(List.of(), reasons.unused(), "lines of new-since-17.txt about nothing. Remove them");
        }
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    void theListOfWhatAskedIsTrue() {
        assertEquals(
                new TreeSet<>(ResourceLines.of(Sinks.class, Sinks.LIST)),
                Sinks.lines(Sinks.inCode(code)),
                "what asks the security manager here is not what " + Sinks.LIST + " has");
    }

    @Test
    void ofJacksonAndNettyAPluginSeesNothing() {
        assertEquals(
                List.of(),
                code.methods()
                        .filter(CodeMethod::isVisible)
                        .map(CodeMethod::toString)
                        .filter(method -> method.startsWith("com.fasterxml.") || method.startsWith("io.netty."))
                        .toList());
    }

    private static String ofRelease() {
        return RELEASE == 17 || RELEASE == 25
                ? "Java " + RELEASE + " has "
                : "Java " + RELEASE + " was not looked at yet (17 and 25 were); it has ";
    }
}
