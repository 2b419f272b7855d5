package io.dataprism.sandbox.scan;

import io.dataprism.sandbox.rules.Demand;
import io.dataprism.sandbox.rules.Exemption;
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

    private final RuleTable table;
    private final Findings findings;
    private final RuleFinder finder;

    RuleSink(RuleTable table, RuleFinder finder, Findings findings) {
        this.table = table;
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
        } else if (rule.outcome() instanceof Outcome.Demands demands && !isHarmlessHere(demands)) {
            for (Demand demand : demands.all()) {
                demanded(demand, demands, uses, values, where);
            }
        }
    }

    /** Whether it takes a permission only of what code has no way to name. */
    private static boolean isHarmlessHere(Outcome.Demands demands) {
        return demands.unless()
                .filter(exemption -> exemption.kind() == Exemption.Kind.REACHABLE)
                .isPresent();
    }

    private void demanded(
            Demand demand,
            Outcome.Demands demands,
            String uses,
            IntFunction<Optional<String>> values,
            Findings.Where where) {
        boolean blind = demands.blind();
        Optional<String> filled = demand.fill(values);
        Target target = Target.of(demand, filled);
        if (blind && demand.permission().equals(REFLECTION) && demand.isOpen() && target.whole()) {
            named(target.scope(), uses, where);
            return;
        }
        if (table.isOpen(target.permission(), target.scope())) {
            return;
        }
        findings.add(
                blind ? Kind.BLIND : Kind.NEEDS,
                target.permission(),
                target.scope(),
                target.whole() || demand.scope().isEmpty(),
                uses,
                note(demands),
                where);
    }

    private static String note(Outcome.Demands demands) {
        String blind = demands.blind() ? "what it reaches can't be told from the code" : "";
        String unless = demands.unless()
                .map(exemption -> switch (exemption.kind()) {
                    case OWN, REACHABLE -> "it takes nothing of what is its own";
                    case PLAIN -> "it takes nothing of what is its own, nor of what any code may use by its name";
                    case FREE -> "only a name of the JDK's inner classes takes it";
                    case AGENT -> "with the agent, what it opens is asked for when it is opened";
                })
                .orElse("");
        return blind.isEmpty() || unless.isEmpty() ? blind + unless : blind + "; " + unless;
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
