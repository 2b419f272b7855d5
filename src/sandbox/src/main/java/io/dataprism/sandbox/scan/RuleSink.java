package io.dataprism.sandbox.scan;

import io.dataprism.sandbox.rules.Demand;
import io.dataprism.sandbox.rules.Outcome;
import io.dataprism.sandbox.rules.Rule;
import io.dataprism.sandbox.rules.RuleFinder;
import io.dataprism.sandbox.rules.RuleTable;
import io.dataprism.sandbox.rules.Target;
import io.dataprism.sandbox.scan.Finding.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Turns rules that were met into findings. */
final class RuleSink {
    private static final String NATIVE = "native-access";
    private static final String REFLECTION = "reflection";

    private final Findings findings;
    private final RuleFinder finder;

    RuleSink(RuleTable table, RuleFinder finder, Findings findings) {
        this.finder = finder;
        this.findings = findings;
        if (!table.permissions().keySet().containsAll(List.of(NATIVE, REFLECTION))) {
            throw new IllegalArgumentException("The rule table lacks " + NATIVE + " or " + REFLECTION);
        }
    }

    /**
     * A rule was met.
     *
     * @param uses what met it
     * @param values the text of an argument, where it is known
     */
    void found(Rule rule, String uses, IntFunction<Optional<String>> values, Findings.Where where) {
        if (rule.outcome() instanceof Outcome.Invisible invisible) {
            findings.add(Kind.HIDDEN, "", "", true, uses, invisible.reason(), where);
        } else if (rule.outcome() instanceof Outcome.Demands demands) {
            for (Demand demand : demands.all()) {
                demanded(demand, demands.blind(), uses, values, where);
            }
        }
    }

    private void demanded(
            Demand demand, boolean blind, String uses, IntFunction<Optional<String>> values, Findings.Where where) {
        Optional<String> filled = demand.fill(values);
        Target target = Target.of(demand, filled);
        if (blind && demand.permission().equals(REFLECTION) && demand.isOpen() && target.whole()) {
            named(target.scope(), uses, where);
            return;
        }
        findings.add(
                blind ? Kind.BLIND : Kind.NEEDS,
                target.permission(),
                target.scope(),
                target.whole() || demand.scope().isEmpty(),
                uses,
                blind ? "what it reaches can't be told from the code" : "",
                where);
    }

    /** A class is asked for by a name that is known: it matters as far as the class does. */
    private void named(String type, String uses, Findings.Where where) {
        finder.ofType(type.replace('.', '/'))
                .ifPresent(
                        rule -> found(rule, type + " by its name, through " + uses, unused -> Optional.empty(), where));
    }

    void nativeMethod(Findings.Where where) {
        findings.add(Kind.NEEDS, NATIVE, "", true, "a native method of its own", "", where);
    }

    void nativeLibrary(String file, Findings.Where where) {
        findings.add(Kind.NEEDS, NATIVE, "", true, "the native library " + file, "", where);
    }
}
