package io.dataprism.sandbox.guard;

import io.dataprism.api.FileAccess;
import io.dataprism.sandbox.rules.Demand;
import io.dataprism.sandbox.rules.Exemption;
import io.dataprism.sandbox.rules.Outcome;
import io.dataprism.sandbox.rules.Rule;
import io.dataprism.sandbox.rules.Target;
import java.io.IOException;
import java.lang.invoke.SwitchPoint;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The check of one call. Immutable; runs on the plugin's threads, and none of the plugin's code. */
public final class CallCheck {
    private static final StackWalker STACK = StackWalker.getInstance();

    private static final Set<String> LINKS = Set.of(
            "java.lang.System.load",
            "java.lang.System.loadLibrary",
            "java.lang.Runtime.load",
            "java.lang.Runtime.loadLibrary");

    private final CallGuard guard;
    private final Rule rule;
    private final List<Demand> demands;
    /** Whether it may look where a path leads. */
    private final boolean follows;

    private final String method;
    private final String inClass;
    /** The numbers of the arguments that {@link #run} is given, in that order. */
    private final int[] given;

    private final @Nullable Exemption unless;
    private final Whose whose;

    private static final Whose NOBODYS = new Whose() {
        @Override
        public boolean isForeign(@Nullable Object value) {
            return false;
        }

        @Override
        public boolean isOwn(@Nullable Object value) {
            return false;
        }
    };

    /** Whose an argument is, or what it leads to. Runs none of the plugin's code. */
    public interface Whose {
        /** Whether it belongs to the node or to another plugin. */
        boolean isForeign(@Nullable Object value);

        /** Whether the plugin brought it: a class of its own, or a member of one. */
        boolean isOwn(@Nullable Object value);
    }

    /**
     * @param guard the plugin's that calls
     * @param method that is called, for messages
     * @param inClass the class of the plugin's that the call stands in
     * @param given which arguments {@link #run} gets, a character each: {@code t} is the object that a method is called on, {@code 0} the first argument
     */
    public CallCheck(CallGuard guard, Rule rule, String method, String inClass, String given, Whose whose) {
        this.guard = guard;
        this.rule = rule;
        this.demands = rule.outcome() instanceof Outcome.Demands wanted ? wanted.all() : List.of();
        this.unless = rule.outcome() instanceof Outcome.Demands wanted
                ? wanted.unless().orElse(null)
                : null;
        this.follows = demands.stream()
                .anyMatch(demand -> demand.isOpen() && demand.permission().equals("file-access"));
        this.method = method;
        this.inClass = inClass;
        this.given = numbers(given);
        this.whose = whose;
    }

    /**
     * Have all that a check may need ready before a plugin runs: a class whose initializer fails where a plugin's stack ends is lost to all.
     *
     * @return what it tells by the way
     */
    public static boolean makeReady() {
        Target home = Target.of(new Demand("system-properties", "read:{0}"), Optional.of("read:java.home"));
        return ClassNames.areFree("java.lang.String")
                && PlainMembers.has(String.class, "length", NOBODYS)
                && !OpenSettings.areOpen(home)
                && !OpenSettings.areMissing(home)
                && SiteChecks.makeReady();
    }

    private static int[] numbers(String given) {
        int[] numbers = new int[given.length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = given.charAt(i) == 't' ? -1 : given.charAt(i) - '0';
        }
        return numbers;
    }

    /** Whether the answer is the same whatever the arguments are. */
    boolean isFixed() {
        return demands.stream().noneMatch(Demand::isOpen)
                && !(rule.outcome() instanceof Outcome.Reaches)
                && (unless == null || unless.numbers().isEmpty());
    }

    /** Valid as long as an answer is that is found from now on; empty where that can't be told, as of a path. */
    Optional<SwitchPoint> lasting() {
        return follows ? Optional.empty() : guard.lasting();
    }

    /**
     * @return whether nothing but the grants can change the answer for the same arguments; a path may lead elsewhere each time
     * @throws SecurityException where the plugin may not make the call
     * @throws UnsatisfiedLinkError where that call loads native code
     */
    public boolean run(@Nullable Object[] values) {
        if (rule.outcome() instanceof Outcome.Reaches) {
            requireOwn(values);
            return false;
        }
        if (rule.outcome() instanceof Outcome.Invisible invisible) {
            throw refused("", "", invisible.reason());
        }
        if (unless != null && isExempt(unless, values)) {
            return unless.numbers().isEmpty();
        }
        boolean lasts = true;
        for (Demand demand : demands) {
            if (demand.isOpen()) {
                Target target = Target.of(demand, demand.fill(number -> value(number, values)));
                lasts &= !isFile(target) && !OpenSettings.areMissing(target);
                require(target);
                if (Arrays.stream(values).anyMatch(NamedAddress::isForged)) {
                    require(Target.of(demand, demand.fill(number -> numbers(number, values))));
                }
            } else if (!guard.mayCall(demand.permission(), demand.scope())) {
                throw refused(demand.permission(), demand.scope(), "");
            }
        }
        return lasts;
    }

    private boolean isExempt(Exemption exemption, @Nullable Object[] values) {
        List<Integer> numbers = exemption.numbers();
        return switch (exemption.kind()) {
            case AGENT -> JdkChecks.areOn();
            case PLAIN -> isPlain(numbers, values);
            case REACHABLE -> numbers.stream().noneMatch(number -> whose.isForeign(given(number, values)));
            case OWN -> numbers.stream().allMatch(number -> whose.isOwn(given(number, values)));
            case FREE ->
                given(numbers.get(0), values) instanceof String name
                        && ClassNames.areFree(name)
                        && numbers.stream()
                                .skip(1)
                                .map(number -> Optional.ofNullable(given(number, values)))
                                .allMatch(loader -> loader.map(given -> !whose.isForeign(given))
                                        .orElseGet(() -> ClassNames.areOfTheJdk(name)));
        };
    }

    private boolean isPlain(List<Integer> numbers, @Nullable Object[] values) {
        Object reached = given(numbers.get(0), values);
        if (reached instanceof Field || reached instanceof Executable) {
            return isOwnLookup(numbers, values, 1) && PlainMembers.has((Member) reached, whose);
        }
        if (!(reached instanceof Class<?> type)) {
            return false;
        }
        if (numbers.size() == 1) {
            return PlainMembers.has(type, null, whose);
        }
        return given(numbers.get(1), values) instanceof String name
                && isOwnLookup(numbers, values, 2)
                && PlainMembers.has(type, name, whose);
    }

    /** Whether who looks, where that is told, is the plugin itself. */
    private boolean isOwnLookup(List<Integer> numbers, @Nullable Object[] values, int at) {
        return numbers.size() <= at || whose.isOwn(given(numbers.get(at), values));
    }

    /** @throws SecurityException where one of them belongs to the node or to another plugin */
    public void requireOwn(@Nullable Object[] values) {
        for (Object value : values) {
            if (whose.isForeign(value)) {
                throw refused("", "", "it reaches for a class, a class loader or a module that is not the plugin's");
            }
        }
    }

    private Optional<String> value(int number, @Nullable Object[] values) {
        return LiveValues.text(given(number, values));
    }

    /** The same without the names of addresses. */
    private Optional<String> numbers(int number, @Nullable Object[] values) {
        Object value = given(number, values);
        return value instanceof InetSocketAddress socket && NamedAddress.isForged(socket)
                ? Optional.of(NamedAddress.numbers(socket))
                : LiveValues.text(value);
    }

    private @Nullable Object given(int number, @Nullable Object[] values) {
        for (int i = 0; i < given.length; i++) {
            if (given[i] == number) {
                return values[i];
            }
        }
        return null;
    }

    private static boolean isFile(Target target) {
        return target.permission().equals("file-access");
    }

    private void require(Target target) {
        if (target.whole() && isFile(target)) {
            requireFile(target.scope());
        } else if (!OpenSettings.areOpen(target)
                && !OpenSettings.areMissing(target)
                && !guard.mayCall(target.permission(), target.scope())) {
            throw refused(target.permission(), target.scope(), "");
        }
    }

    /** @param scope {@code read:} or {@code write:}, then the path as the call has it */
    private void requireFile(String scope) {
        int colon = scope.indexOf(':');
        FileAccess access = FileAccess.valueOf(scope.substring(0, colon).toUpperCase(Locale.ROOT));
        try {
            for (Path place : RealPlace.of(Path.of(scope.substring(colon + 1)))) {
                boolean open = access == FileAccess.READ && JdkFiles.areOpen(place);
                if (!open && !access.granted(wanted -> guard.mayCall("file-access", scopeOf(wanted)), place)) {
                    throw refused("file-access", scopeOf(access.permission(place)), "");
                }
            }
        } catch (InvalidPathException | IOException unclear) {
            if (!guard.mayCall("file-access", scope.substring(0, colon))) {
                throw refused("file-access", scope.substring(0, colon), "");
            }
        }
    }

    private static String scopeOf(String permission) {
        return permission.substring(permission.indexOf(':') + 1);
    }

    private SecurityException refused(String permission, String scope, String reason) {
        SecurityException refusal = guard.refusal(new RefusedCall(method, permission, scope, reason, place()));
        if (LINKS.contains(method)) {
            // What libraries with native code that they can do without are ready for.
            UnsatisfiedLinkError missing = new UnsatisfiedLinkError(refusal.getMessage());
            missing.initCause(refusal);
            throw missing;
        }
        return refusal;
    }

    /** The frame of the plugin's that calls. */
    private String place() {
        return STACK.walk(frames -> frames.filter(frame -> frame.getClassName().equals(inClass))
                .findFirst()
                .map(frame -> inClass + "." + frame.getMethodName() + " (" + frame.getFileName()
                        + (frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber()) + ")")
                .orElse(inClass));
    }
}
