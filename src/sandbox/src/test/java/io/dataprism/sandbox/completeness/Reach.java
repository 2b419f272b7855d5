package io.dataprism.sandbox.completeness;

import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.rules.Demand;
import io.dataprism.sandbox.rules.Outcome;
import io.dataprism.sandbox.rules.Rule;
import io.dataprism.sandbox.rules.RuleFinder;
import io.dataprism.sandbox.rules.Supertypes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Goes backwards from what asked the security manager to all that a plugin can call and that leads there with something in it that the plugin has
 * a say in. What was found harmless ends a way; so does, for what the JDK does by means of the JVM, whatever a plugin can call.
 */
final class Reach {
    private static final Set<String> FULL_TRUST = Set.of("native-access", "process-start", "vertx-access");
    /** What is declared there is asked of objects that the JDK makes for itself, or of any object. */
    private static final Set<String> NOBODYS = Set.of("java/lang/Object", "java/util/EventListener");

    private final CodeBase base;
    private final CallGraph graph;
    private final RuleFinder rules;
    private final Rulings rulings;

    /** By what a plugin can call, how it leads to a check and has no rule for it. */
    final Map<String, String> unruled = new TreeMap<>();

    final Set<String> guarded = new TreeSet<>();
    final Set<String> harmless = new TreeSet<>();
    final Set<String> leftToAgent = new TreeSet<>();
    int reached;

    Reach(CodeBase base, CallGraph graph, RuleFinder rules, Rulings rulings) {
        this.base = base;
        this.graph = graph;
        this.rules = rules;
        this.rulings = rulings;
    }

    /** Go from those that ask for one kind of thing. */
    void from(Checks checks, Set<CodeMethod> asking) {
        Map<CodeMethod, @Nullable CodeMethod> next = new HashMap<>();
        Deque<CodeMethod> open = new ArrayDeque<>();
        Set<CodeMethod> all = new HashSet<>(asking);
        base.methods()
                .filter(method -> method.isAbstract() && method.isVisible() && takes(method.reference(), checks))
                .filter(method -> !checks.permission.isEmpty())
                .forEach(all::add);
        for (CodeMethod method : all) {
            next.put(method, null);
            open.add(method);
        }
        for (CodeMethod method = open.poll(); method != null; method = open.poll()) {
            if (goesOn(checks, method, next)) {
                for (CodeMethod caller : graph.callers(method)) {
                    if (!next.containsKey(caller) && graph.handsOn(caller, method)) {
                        next.put(caller, method);
                        open.add(caller);
                    }
                }
            }
        }
        reached += next.size();
    }

    private boolean goesOn(Checks checks, CodeMethod method, Map<CodeMethod, @Nullable CodeMethod> next) {
        Optional<Rulings.Ruling> ruling = rulings.about(method.toString());
        if (ruling.isPresent()) {
            (ruling.get().verdict.equals("agent") ? leftToAgent : harmless).add(method.toString());
            return !ruling.get().verdict.equals("harmless") && leadsOn(checks, method);
        }
        if (method.isVisible()
                && rule(method.reference()).filter(Reach::isHarmless).isPresent()) {
            return false;
        }
        List<MemberReference> calls = method.isAbstract() ? List.of() : calls(method);
        for (MemberReference call : calls) {
            judge(checks, method, call, next);
        }
        return leadsOn(checks, method);
    }

    /** Whether it is a helper, or does what no caller may have done for it. */
    private static boolean leadsOn(Checks checks, CodeMethod method) {
        return checks != Checks.MECHANISM || !method.isVisible();
    }

    private void judge(
            Checks checks, CodeMethod method, MemberReference call, Map<CodeMethod, @Nullable CodeMethod> next) {
        CodeMethod called = base.resolve(call.owner(), call.name() + call.descriptor());
        String name = String.valueOf(called);
        if (takes(call, checks)) {
            guarded.add(name);
        } else if (method.isVisible() || rulings.about(name).isEmpty()) {
            unruled.putIfAbsent(name, checks + " " + way(method, next));
        }
    }

    private static String way(CodeMethod method, Map<CodeMethod, @Nullable CodeMethod> next) {
        List<String> way = new ArrayList<>();
        for (CodeMethod each = method; each != null; each = next.get(each)) {
            way.add(each.toString());
        }
        return String.join(" > ", way);
    }

    /** How a plugin can call it: by its own name, or by that of what it overrides where its type is hidden. */
    private List<MemberReference> calls(CodeMethod method) {
        if (method.isVisible()) {
            return List.of(method.reference());
        }
        List<MemberReference> calls = new ArrayList<>();
        if (!method.isOffered()
                || method.isStatic()
                || method.name.equals("<init>")
                || CallGraph.isAction(method.owner)) {
            return calls;
        }
        Supertypes above = new Supertypes(method.owner.supertypes());
        for (String name = above.next(); name != null; name = above.next()) {
            CodeType type = base.type(name);
            if (type != null && !NOBODYS.contains(name)) {
                CodeMethod overridden = type.methods.get(method.signature());
                if (overridden != null && overridden.isVisible() && !isListener(type)) {
                    calls.add(overridden.reference());
                }
                above.add(type.supertypes());
            }
        }
        return calls;
    }

    private static boolean isListener(CodeType type) {
        return type.interfaces.contains("java/util/EventListener");
    }

    private boolean takes(MemberReference call, Checks checks) {
        return rule(call)
                .filter(rule -> takes(rule.outcome(), checks.permission))
                .isPresent();
    }

    private static boolean takes(Outcome outcome, String permission) {
        if (outcome instanceof Outcome.Demands demands) {
            return demands.all().stream()
                    .map(Demand::permission)
                    .anyMatch(each -> permission.isEmpty() || each.equals(permission) || FULL_TRUST.contains(each));
        }
        return outcome instanceof Outcome.Invisible || (permission.isEmpty() && outcome instanceof Outcome.Reaches);
    }

    private Optional<Rule> rule(MemberReference call) {
        return rules.ofCall(call);
    }

    private static boolean isHarmless(Rule rule) {
        return rule.outcome() instanceof Outcome.Harmless || rule.outcome() instanceof Outcome.Means;
    }
}
