package io.dataprism.sandbox.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dataprism.sandbox.classfile.ClassFile;
import io.dataprism.sandbox.classfile.Descriptors;
import io.dataprism.sandbox.classfile.Method;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds each rule against the JDK that runs the test: what a rule names must be there, or the rule guards nothing. */
class RulesOfThisJdkTest {
    private static final int RELEASE = Runtime.version().feature();

    private static Stream<Rule> ofThisRelease() {
        return RuleTable.standard().rules().stream()
                .filter(rule -> rule.releases().include(RELEASE));
    }

    @Test
    void eachRuleMatchesAMethodThatItsTypeDeclares() {
        List<String> missing = ofThisRelease()
                .filter(rule -> !matches(rule))
                .map(rule -> "rules.txt:" + rule.line() + ": " + rule + " (Java " + RELEASE + ")")
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void aRuleOfOtherReleasesMatchesNothingHere() {
        List<String> there = RuleTable.standard().rules().stream()
                .filter(rule -> !rule.releases().include(RELEASE) && matches(rule) && !isPreview(rule))
                .map(rule -> "rules.txt:" + rule.line() + ": " + rule + " (Java " + RELEASE + ")")
                .toList();
        assertEquals(List.of(), there, "wrong 'since' or 'before'");
    }

    /** What a release has only for a trial, it has in other forms. */
    private static boolean isPreview(Rule rule) {
        return rule.releases().since() > RELEASE && rule.releases().since() - RELEASE <= 3;
    }

    @Test
    void noScopeIsMadeOfAnArgumentThatAMethodLacks() {
        List<String> wrong = new ArrayList<>();
        ofThisRelease().filter(rule -> !rule.ofPackage()).forEach(rule -> {
            int last = lastArgument(rule.outcome());
            methods(rule)
                    .filter(method ->
                            Descriptors.parameters(method.descriptor()).size() <= last)
                    .forEach(method -> wrong.add(
                            "rules.txt:" + rule.line() + ": " + rule + " of " + method.name() + method.descriptor()));
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void noRuleNamesTwoMethodsByTheSameSimpleParameters() {
        List<String> twice = ofThisRelease()
                .filter(rule -> rule.parameters().isPresent())
                .filter(rule -> methods(rule)
                                .map(method -> method.descriptor()
                                        .substring(0, method.descriptor().indexOf(')')))
                                .distinct()
                                .count()
                        > 1)
                .map(Rule::toString)
                .toList();
        assertEquals(List.of(), twice);
    }

    @Test
    void everyRuleSaysWhyOrWhatItTakes() {
        RuleTable.standard().rules().forEach(rule -> {
            String reason = rule.outcome() instanceof Outcome.Harmless harmless
                    ? harmless.reason()
                    : rule.outcome() instanceof Outcome.Invisible invisible ? invisible.reason() : "permissions";
            assertFalse(reason.isBlank(), rule.toString());
        });
    }

    private static int lastArgument(Outcome outcome) {
        if (outcome instanceof Outcome.Means means) {
            return new Demand("", means.template()).lastArgument();
        }
        return outcome instanceof Outcome.Demands demands
                ? demands.all().stream().mapToInt(Demand::lastArgument).max().orElse(Demand.RECEIVER)
                : Demand.RECEIVER;
    }

    private static boolean matches(Rule rule) {
        if (rule.ofPackage()) {
            String name = rule.type().substring(0, rule.type().indexOf(".*"));
            boolean below = rule.type().endsWith("**");
            return Stream.concat(
                            ModuleLayer.boot().modules().stream().flatMap(module -> module.getPackages().stream()),
                            Stream.of(
                                    "io.vertx.core.eventbus",
                                    "io.vertx.core.file",
                                    "io.vertx.core.http",
                                    "io.vertx.core.net"))
                    .anyMatch(known -> known.equals(name) || below && known.startsWith(name + "."));
        }
        return rule.member().equals(Rule.EXTENDS) || rule.member().equals(Rule.ANY)
                ? file(rule.type()).isPresent()
                : methods(rule).findAny().isPresent();
    }

    private static Stream<Method> methods(Rule rule) {
        return file(rule.type()).stream()
                .flatMap(file -> file.methods().stream())
                .filter(method -> method.name().equals(rule.member()))
                .filter(method -> rule.parameters()
                        .map(Descriptors.simple(method.descriptor())::equals)
                        .orElse(true));
    }

    private static Optional<ClassFile> file(String type) {
        String name = type.replace('.', '/') + ".class";
        String inPackage = type.substring(0, type.lastIndexOf('.'));
        Optional<Module> module = ModuleLayer.boot().modules().stream()
                .filter(candidate -> candidate.getPackages().contains(inPackage))
                .findFirst();
        try (InputStream stream = module.isPresent()
                ? module.get().getResourceAsStream(name)
                : RulesOfThisJdkTest.class.getClassLoader().getResourceAsStream(name)) {
            return stream == null ? Optional.empty() : Optional.of(ClassFile.read(stream.readAllBytes()));
        } catch (IOException e) {
            throw new AssertionError(type, e);
        }
    }
}
