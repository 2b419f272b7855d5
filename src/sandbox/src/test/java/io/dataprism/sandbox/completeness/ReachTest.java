package io.dataprism.sandbox.completeness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.sandbox.rules.JdkTypes;
import io.dataprism.sandbox.rules.RuleFinder;
import io.dataprism.sandbox.rules.RuleTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which ways are seen, on small classes: each method that begins with {@code leads} leads to a check, and no other one. */
class ReachTest {
    /** What asks. */
    static class Asks {
        static void about(Object what) {
            Objects.requireNonNull(what);
        }
    }

    /** What a plugin can call. */
    public static class Offered {
        private final Object field;
        private Runnable later = () -> {};

        public Offered(Object field) {
            this.field = field;
        }

        public static void leadsByItsArgument(String name) {
            Asks.about(name);
        }

        public static void leadsByWhatIsMadeOfIt(String name) {
            StringBuilder text = new StringBuilder("a");
            text.append(name);
            helper(text.toString());
        }

        private static void helper(String name) {
            Asks.about(name);
        }

        public void leadsByAField() {
            Asks.about(field);
        }

        public static void leadsByAnArray(String name) {
            Object[] all = {"a", name};
            Asks.about(all);
        }

        public void leadsByALambda(String name) {
            later = () -> Asks.about(name);
        }

        public void leadsByAnAction(String name) {
            later = new Action(name);
        }

        public static void leadsByAHiddenType(Hidden hidden) {
            hidden.act("a");
        }

        public static void asksOfAConstant() {
            Asks.about("a");
        }

        public static void asksOfWhatItReads(Visible visible) {
            visible.act("a");
        }

        public static void isSaidToBeHarmless(String name) {
            saidToBeHarmless(name);
        }

        private static void saidToBeHarmless(String name) {
            Asks.about(name);
        }

        void run() {
            later.run();
        }
    }

    static class Action implements Runnable {
        private final String name;

        Action(String name) {
            this.name = name;
        }

        @Override
        public void run() {
            Asks.about(name);
        }
    }

    interface Hidden {
        void act(String name);
    }

    /** Made by anybody. */
    public interface Visible {
        void act(String name);
    }

    static class Acts implements Hidden, Visible {
        @Override
        public void act(String name) {
            Asks.about(name);
        }
    }

    @Test
    void aWayIsSeenWhereTheCallerHasASayInIt() throws IOException {
        Reach reach = walk(List.of("harmless " + name(Offered.class) + ".saidToBeHarmless  it is"));
        Set<String> found = reach.unruled.keySet().stream()
                .filter(method -> method.startsWith(name(Offered.class)))
                .map(method -> method.substring(name(Offered.class).length() + 1, method.indexOf('(')))
                .collect(Collectors.toSet());
        Set<String> leading = Set.of(Offered.class.getDeclaredMethods()).stream()
                .map(java.lang.reflect.Method::getName)
                .filter(method -> method.startsWith("leads"))
                .collect(Collectors.toSet());
        assertEquals(leading, found);
    }

    @Test
    void whatAHiddenTypeDoesIsToldByWhatAPluginCallsItBy() throws IOException {
        Reach reach = walk(List.of("harmless " + name(Offered.class) + ".*  not looked at"));
        assertEquals(Set.of(name(Visible.class) + ".act(String)"), reach.unruled.keySet());
    }

    @Test
    void aReasonAboutObjectsEndsNoWay() throws IOException {
        Reach reach = walk(List.of("object " + name(Offered.class) + ".saidToBeHarmless|leadsBy*  it is"));
        assertEquals(
                Set.of(name(Offered.class) + ".isSaidToBeHarmless(String)", name(Visible.class) + ".act(String)"),
                reach.unruled.keySet());
    }

    @Test
    void aReasonForNothingIsTold() throws IOException {
        Rulings rulings =
                Rulings.of("test", List.of("harmless a.B.c  why", "harmless " + name(Asks.class) + ".*  why"), 17);
        walk(rulings);
        assertEquals(List.of("harmless a.B.c  why"), rulings.unused());
    }

    private static Reach walk(List<String> lines) throws IOException {
        return walk(Rulings.of("test", lines, 17));
    }

    private static Reach walk(Rulings rulings) throws IOException {
        CodeBase base = new CodeBase();
        for (Class<?> type :
                List.of(Asks.class, Offered.class, Action.class, Hidden.class, Visible.class, Acts.class)) {
            String file = name(type).replace('.', '/') + ".class";
            try (InputStream stream = ReachTest.class.getClassLoader().getResourceAsStream(file)) {
                base.add(Objects.requireNonNull(stream, file).readAllBytes(), true);
            }
        }
        base.link();
        RuleFinder rules = new RuleFinder(RuleTable.standard(), JdkTypes.running(), type -> Optional.empty());
        Reach reach = new Reach(base, new CallGraph(base), rules, rulings);
        reach.from(
                Checks.FILES,
                base.methods().filter(method -> method.name.equals("about")).collect(Collectors.toSet()));
        return reach;
    }

    private static String name(Class<?> type) {
        return type.getName();
    }
}
