package io.dataprism.agent;

import io.dataprism.sandbox.guard.CallCheck;
import io.dataprism.sandbox.guard.CallGuard;
import io.dataprism.sandbox.guard.GuardedLoader;
import io.dataprism.sandbox.guard.Reach;
import io.dataprism.sandbox.rules.Demand;
import io.dataprism.sandbox.rules.Outcome;
import io.dataprism.sandbox.rules.Rule;
import io.dataprism.sandbox.rules.RuleTable;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers for a method of the JDK whether who is on the stack may call it. What a plugin does to the world outside (files, network, programs) is asked of
 * every plugin on the stack, however many frames of the JDK stand between; a method that asked for the same permission answers for what it does by itself then. What it does by means of the JVM (reflection, threads, class loaders, settings) is
 * asked of the nearest caller that is not merely handing on a call, since the JDK does such things all the time for itself.
 *
 * <p>The node's own code, and that of the program around it, ends the look: it answers for what it does for plugins.
 */
final class StackJudge implements ObjIntConsumer<Object[]> {
    private static final StackWalker STACK =
            StackWalker.getInstance(Set.of(Option.RETAIN_CLASS_REFERENCE, Option.SHOW_HIDDEN_FRAMES));

    /** What is asked of all on the stack. */
    private static final Set<String> OUTSIDE = Set.of(
            "file-access",
            "network-access",
            "process-start",
            "microphone-access",
            "screen-access",
            "clipboard-access",
            "printer-access",
            "desktop-access",
            "native-access");

    private static final Set<String> REFLECTIVE = Set.of("reflection", "class-loading");

    private static final String HOOK = Hook.NAME.replace('/', '.');
    private static final Object[] NOTHING = {};
    /** Those that tell of themselves. */
    private static final Set<String> LOADER = Set.of("java.lang.ClassLoader");

    private static final Set<String> THREADS = Set.of("java.lang.Thread", "java.lang.VirtualThread");

    private static final ThreadLocal<@Nullable Turn> TURNS = new ThreadLocal<>();

    private final RuleTable table = RuleTable.standard();
    private final Unchecked unchecked = Unchecked.read();
    private final Frames frames = Frames.read();
    private final CheckedMethods checked;
    private final Origins origins = new Origins();
    private final ClassStack classes = new ClassStack();
    private @Nullable ForkJoinPool commonPool;

    /**
     * What a thread does in here: what is done to answer is not asked for. A field, so that nothing has to be called to leave, for which a plugin's stack may
     * have no room.
     */
    private static final class Turn {
        State state = State.NONE;
    }

    private enum State {
        NONE,
        ANSWERING,
        /** Whether what was called in the middle of an answer belongs to it. */
        LOOKING
    }

    private volatile boolean begun;
    /** Whether a loader of a plugin's classes was ever made; until then there is nobody to ask about. */
    private volatile boolean knowsPlugins;

    /**
     * A plugin that is on the stack.
     *
     * @param type the class of its that is nearest; null where a thread of its calls
     */
    private record Caller(CallGuard plugin, @Nullable Class<?> type) {
        String className() {
            return type == null ? "a thread that it started" : type.getName();
        }
    }

    /** @param checked the methods that ask */
    StackJudge(CheckedMethods checked) {
        this.checked = checked;
    }

    /** Load all that it takes to answer, so that nothing of it is loaded in the middle of the JDK's code. */
    void warmUp() {
        CallCheck.makeReady();
        begun = true;
        knowsPlugins = true;
        for (Rule rule : table.rules().subList(0, 10)) {
            accept(new Object[] {"", ""}, rule.line());
        }
        accept(new Object[] {StackJudge.class.getClassLoader()}, Hook.MADE);
        accept(new Object[] {Thread.currentThread()}, Hook.STARTING);
        nearest();
        isTold(LOADER, "<init>");
        turn().state = State.ANSWERING;
        accept(new Object[] {StackJudge.class.getClassLoader()}, Hook.MADE);
        turn().state = State.NONE;
        knowsPlugins = false;
        begun = false;
    }

    /** Answer from now on; until now everything passes. */
    void begin() {
        begun = true;
    }

    /**
     * Called by the JDK's methods, through {@link Hook}.
     *
     * @param happened the method's name for messages, which arguments are given (see {@link CallCheck}), and those
     * @param what the line of a rule, or one of the numbers that {@link Hook} has
     * @throws SecurityException where the method must not go on
     */
    @Override
    public void accept(Object[] happened, int what) {
        if (what == Hook.MADE && happened[0] instanceof GuardedLoader) {
            knowsPlugins = true;
        }
        if (!begun || !knowsPlugins) {
            return;
        }
        Turn turn = turn();
        State before = turn.state;
        if (before == State.LOOKING || (before == State.ANSWERING && isOwnWork(turn))) {
            return;
        }
        turn.state = State.ANSWERING;
        try {
            if (what == Hook.MADE) {
                made(happened[0]);
            } else if (what == Hook.STARTING) {
                starting(happened[0]);
            } else {
                called(table.rule(what), happened);
            }
        } finally {
            turn.state = before;
        }
    }

    /** Whether nothing of a plugin's runs between this call and the answer that it is part of; nothing should, and if it does, it is held all the same. */
    private boolean isOwnWork(Turn turn) {
        turn.state = State.LOOKING;
        try {
            return STACK.walk(stack -> isOwnWork(stack.iterator()));
        } finally {
            turn.state = State.ANSWERING;
        }
    }

    private static Turn turn() {
        Turn known = TURNS.get();
        if (known == null) {
            known = new Turn();
            TURNS.set(known);
        }
        return known;
    }

    private boolean isOwnWork(Iterator<StackFrame> stack) {
        skipToCaller(stack);
        while (stack.hasNext()) {
            Class<?> type = stack.next().getDeclaringClass();
            if (type == StackJudge.class) {
                return true;
            }
            if (origins.of(type).plugin() != null) {
                return false;
            }
        }
        return true;
    }

    private void called(Rule rule, Object[] happened) {
        List<Caller> callers = callers(Optional.of(rule), (String) happened[0]);
        if (callers.isEmpty()) {
            return;
        }
        String given = (String) happened[1];
        Object[] values = Arrays.copyOfRange(happened, 2, 2 + given.length());
        Object[] reached = Arrays.copyOfRange(happened, 2 + given.length(), happened.length);
        for (Caller caller : callers) {
            CallCheck check = new CallCheck(
                    caller.plugin,
                    rule,
                    (String) happened[0],
                    caller.className(),
                    given,
                    origins.seenBy(caller.type, caller.plugin));
            check.run(values);
            check.requireOwn(reached);
            check.requireOwn(implied((String) happened[0]));
            requireNative(caller, reached);
        }
    }

    /** What a method reaches for that it is not given. */
    private static Object[] implied(String method) {
        if (!method.equals("java.util.ServiceLoader.load")) {
            return NOTHING;
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return new Object[] {loader == null ? ClassLoader.getSystemClassLoader() : loader};
    }

    /** What is not checked itself, since its methods are called too often, takes its permission where it is reached for. */
    private void requireNative(Caller caller, Object[] reached) {
        for (Object value : reached) {
            Class<?> type = Reach.target(value).map(Reach.Target::type).orElse(null);
            if (type != null && unchecked.contains(type.getName())) {
                table.ofType(type.getName())
                        .ifPresent(rule -> new CallCheck(
                                        caller.plugin,
                                        rule,
                                        type.getName(),
                                        caller.className(),
                                        "",
                                        origins.seenBy(caller.type, caller.plugin))
                                .run(NOTHING));
            }
        }
    }

    /** Whether a method is one that reaches classes, or what they have. */
    static boolean isReflective(Rule rule) {
        return rule.outcome() instanceof Outcome.Demands demands
                && demands.all().stream().anyMatch(demand -> REFLECTIVE.contains(demand.permission()));
    }

    private static boolean isOutside(Rule rule) {
        if (rule.outcome() instanceof Outcome.Invisible) {
            return true;
        }
        if (rule.outcome() instanceof Outcome.Demands demands) {
            for (Demand demand : demands.all()) {
                if (OUTSIDE.contains(demand.permission())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void made(Object loader) {
        try {
            nearest().filter(plugin -> isTold(LOADER, "<init>")).ifPresent(plugin -> origins.made(loader, plugin));
        } catch (UnknownCallerException e) {
            if (isTold(LOADER, "<init>")) {
                origins.madeByNobody(loader);
            }
        }
    }

    private void starting(Object thread) {
        if (!isShared(thread)) {
            nearest()
                    .filter(plugin -> isTold(THREADS, "start") && !((Thread) thread).isAlive())
                    .ifPresent(plugin -> origins.starting(thread, plugin));
        }
    }

    /** Whether it is the JDK's method that tells what happened: anybody can say so who gets at the hook. */
    private boolean isTold(Set<String> types, String method) {
        return STACK.walk(stack -> isTold(types, method, stack.iterator()));
    }

    private static boolean isTold(Set<String> types, String method, Iterator<StackFrame> stack) {
        boolean hooked = false;
        while (!hooked && stack.hasNext()) {
            hooked = stack.next().getClassName().equals(HOOK);
        }
        if (!stack.hasNext()) {
            return false;
        }
        StackFrame teller = stack.next();
        return teller.getMethodName().equals(method)
                && teller.getDeclaringClass().getClassLoader() == null
                && types.contains(teller.getClassName());
    }

    /** Nobody of the program's is on a stack, or only behind what hands on calls. */
    private static final class UnknownCallerException extends SecurityException {
        private static final long serialVersionUID = 1L;

        UnknownCallerException(String method) {
            super(method
                    + " was not called: nobody can tell whose call this is, made by the JDK on a thread that works for"
                    + " all, or through an interface that the JDK made.");
        }
    }

    /** Whether a thread works for all, whoever made the first work for it. */
    private boolean isShared(Object thread) {
        Class<?> type = thread.getClass();
        if (type.getClassLoader() != null) {
            return false;
        }
        return type.getName().equals("jdk.internal.misc.InnocuousThread")
                || (thread instanceof ForkJoinWorkerThread worker && worker.getPool() == commonPool());
    }

    /** Not made before somebody needs it: its size is set by properties that the program may still change. */
    private ForkJoinPool commonPool() {
        ForkJoinPool known = commonPool;
        if (known == null) {
            known = ForkJoinPool.commonPool();
            commonPool = known;
        }
        return known;
    }

    /** The nearest plugin on the stack. */
    private Optional<CallGuard> nearest() {
        List<Caller> callers = callers(Optional.empty(), "");
        return callers.isEmpty() ? Optional.empty() : Optional.of(callers.get(0).plugin);
    }

    /**
     * Who calls.
     *
     * @param asks the rule about the method that asks; where there is none, everybody on the stack is wanted
     * @param method its name
     */
    private List<Caller> callers(Optional<Rule> asks, String method) {
        if (!mayBeAPlugins()) {
            return List.of();
        }
        return STACK.walk(stack -> callers(asks, method, stack.iterator()));
    }

    /** Whether a plugin may be behind a call; never wrong where it says no. Most calls are the node's own, and this is all that is done about them. */
    private boolean mayBeAPlugins() {
        Thread thread = Thread.currentThread();
        if (origins.of(thread) != null || worksForAll(thread)) {
            return true;
        }
        for (Class<?> type : classes.classes()) {
            Origins.Origin origin = origins.of(type);
            if (origin.plugin() != null || origin.handsOn()) {
                return true;
            }
        }
        return false;
    }

    private List<Caller> callers(Optional<Rule> asks, String method, Iterator<StackFrame> stack) {
        boolean all = asks.isEmpty() || isOutside(asks.get());
        boolean first = frames.isUpcall(method);
        boolean again = frames.asksAgain(method);
        skipToCaller(stack);
        List<Caller> found = List.of();
        boolean handed = false;
        boolean hidden = false;
        while (stack.hasNext()) {
            StackFrame frame = stack.next();
            Class<?> type = frame.getDeclaringClass();
            Origins.Origin origin = origins.of(type);
            if (origin.plugin() != null) {
                if (first) {
                    // The JVM calls, on whatever loader: of a plugin's own call the first layer asks.
                    return List.of();
                }
                found = with(found, new Caller(origin.plugin(), type));
                if (!all) {
                    return found;
                }
            } else if (origin.handsOn()) {
                // Behind it the JDK calls for whoever had it made; what stands below is who calls it. Its initializer,
                // which the JDK wrote, calls for nobody.
                if (!frame.getMethodName().equals("<clinit>")) {
                    handed = true;
                    hidden = true;
                }
            } else if (!origin.isJdk()) {
                if (!hidden) {
                    return found;
                }
            } else {
                boolean hands = frames.handsOn(type.getName());
                handed |= hands;
                if (frames.isDoor(frame) || (all ? !handed && !again && answers(frame, asks) : !hands && !hidden)) {
                    return found;
                }
            }
            first = false;
        }
        CallGuard owner = origins.of(Thread.currentThread());
        if (owner != null && found.isEmpty()) {
            return List.of(new Caller(owner, null));
        }
        if (found.isEmpty() && origins.knowsPlugins() && (hidden || (all && worksForAll(Thread.currentThread())))) {
            throw new UnknownCallerException(method);
        }
        return found;
    }

    /** Whether a thread is of the pool that all share. */
    private boolean worksForAll(Thread thread) {
        return thread instanceof ForkJoinWorkerThread && isShared(thread);
    }

    /** Whether a method was asked for the same, and answers for what it does by itself. */
    private boolean answers(StackFrame frame, Optional<Rule> asks) {
        return asks.isPresent() && checked.askedFor(asks.get(), frame);
    }

    /** Past this layer's own frames, and the method that asks. */
    private static void skipToCaller(Iterator<StackFrame> stack) {
        boolean asked = false;
        while (!asked && stack.hasNext()) {
            asked = stack.next().getClassName().equals(HOOK);
        }
        if (stack.hasNext()) {
            stack.next();
        }
    }

    private static List<Caller> with(List<Caller> found, Caller caller) {
        for (Caller other : found) {
            if (other.plugin == caller.plugin) {
                return found;
            }
        }
        List<Caller> more = new ArrayList<>(found);
        more.add(caller);
        return more;
    }
}
