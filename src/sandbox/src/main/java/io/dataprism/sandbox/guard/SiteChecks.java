package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.poll.LoopPoll;
import io.dataprism.sandbox.rules.Rule;
import io.dataprism.sandbox.rules.RuleTable;
import java.lang.StackWalker.Option;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@link io.dataprism.sandbox.site.CallSites} answers guarded classes: it finds the plugin by the loader of the class that a call site stands in, which
 * nobody can forge.
 */
public final class SiteChecks {
    /** With slashes, as class files name it. */
    static final String CALL_SITES = "io/dataprism/sandbox/site/CallSites";

    static final String LINK_TYPE =
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "ILjava/lang/String;Ljava/lang/String;)Ljava/lang/invoke/CallSite;";
    static final String CHECK_TYPE = "(Ljava/lang/Class;ILjava/lang/String;Ljava/lang/String;[Ljava/lang/Object;)V";

    static final String STREAM_LINK_TYPE =
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;";
    static final String STREAM_TYPE = "(Ljava/lang/Class;Ljava/lang/String;)Ljava/lang/Object;";

    /** What is more than itself in a regular expression. */
    private static final String SPECIAL = ".$|()[{^?*+\\";

    /** With all frames: what the JDK makes to hand on a call is not who it is made for. */
    private static final StackWalker STACK =
            StackWalker.getInstance(Set.of(Option.RETAIN_CLASS_REFERENCE, Option.SHOW_HIDDEN_FRAMES));

    private SiteChecks() {}

    /**
     * Link a check.
     *
     * @param type takes the arguments that the check looks at, and returns nothing
     * @param rule the line of the rule in the table
     * @param method that is called next, for messages
     * @param given the numbers of the arguments, a character each, see {@link CallCheck}
     */
    public static CallSite link(
            MethodHandles.Lookup in, String name, MethodType type, int rule, String method, String given) {
        return new CheckedSite(type, check(in.lookupClass(), rule, method, given));
    }

    /** The same at once, for classes of a time before call sites could be linked. */
    public static void check(Class<?> in, int rule, String method, String given, @Nullable Object[] values) {
        check(in, rule, method, given).run(values);
    }

    /**
     * Link what stands for a field of {@code System}.
     *
     * @param name the field's
     */
    public static CallSite stream(MethodHandles.Lookup in, String name, MethodType type) {
        if (!in.hasFullPrivilegeAccess()) {
            throw notIts(in.lookupClass());
        }
        return new ConstantCallSite(MethodHandles.constant(type.returnType(), streamOf(in.lookupClass(), name)));
    }

    /** The same at once, for classes of a time before call sites could be linked. */
    public static Object stream(Class<?> in, String name) {
        requireCaller(in);
        return streamOf(in, name);
    }

    private static Object streamOf(Class<?> in, String name) {
        if (in.getClassLoader() instanceof GuardedLoader loader) {
            return loader.streams().of(name);
        }
        throw new SecurityException(
                "Whose class " + in.getName() + " is, nobody can tell; it has no standard streams.");
    }

    /** What the class through which a loader's classes poll calls when it is made ready. */
    public static MethodHandle poll(Class<?> in) {
        return in.getClassLoader() instanceof GuardedLoader loader ? loader.poll() : LoopPoll.never();
    }

    /** What the JDK is given to match in place of {@code text}: it {@linkplain GuardedLoader#polled polls}. */
    public static @Nullable CharSequence text(@Nullable CharSequence text, Class<?> in) {
        return text != null && in.getClassLoader() instanceof GuardedLoader loader ? loader.polled(text) : text;
    }

    /** {@link String#matches}. */
    public static boolean matches(String text, String regex, Class<?> in) {
        return Pattern.matches(regex, polled(text, in));
    }

    /** {@link String#replaceAll}. */
    public static String replaceAll(String text, String regex, String by, Class<?> in) {
        return Pattern.compile(regex).matcher(polled(text, in)).replaceAll(by);
    }

    /** {@link String#replaceFirst}. */
    public static String replaceFirst(String text, String regex, String by, Class<?> in) {
        return Pattern.compile(regex).matcher(polled(text, in)).replaceFirst(by);
    }

    /** {@link String#split(String)}. */
    public static String[] split(String text, String regex, Class<?> in) {
        return split(text, regex, 0, in);
    }

    /** {@link String#split(String, int)}, which is quick at a plain character. */
    public static String[] split(String text, String regex, int limit, Class<?> in) {
        boolean plain = regex.length() == 1 && SPECIAL.indexOf(regex.charAt(0)) < 0;
        return plain ? text.split(regex, limit) : Pattern.compile(regex).split(polled(text, in), limit);
    }

    /** {@link Pattern#asPredicate}. */
    public static Predicate<String> asPredicate(Pattern pattern, Class<?> in) {
        Objects.requireNonNull(pattern);
        return text -> pattern.matcher(polled(text, in)).find();
    }

    /** {@link Pattern#asMatchPredicate}. */
    public static Predicate<String> asMatchPredicate(Pattern pattern, Class<?> in) {
        Objects.requireNonNull(pattern);
        return text -> pattern.matcher(polled(text, in)).matches();
    }

    private static CharSequence polled(String text, Class<?> in) {
        return Objects.requireNonNull(text(Objects.requireNonNull(text), in));
    }

    /** What stands for {@code System.getProperties()}. */
    public static Properties properties(Class<?> in) {
        requireCaller(in);
        return ReadableSettings.properties(guard(in));
    }

    /** What stands for {@code System.getenv()}. */
    public static Map<String, String> environment(Class<?> in) {
        requireCaller(in);
        return ReadableSettings.environment(guard(in));
    }

    /** What stands for the class loader of the program's classes. */
    public static ClassLoader programLoader(Class<?> in) {
        requireCaller(in);
        guard(in);
        return in.getClassLoader();
    }

    /** Have what looks at callers ready, see {@link CallCheck#makeReady}. */
    static boolean makeReady() {
        return isCaller(SiteChecks.class);
    }

    /** @throws SecurityException where a class is given by code that another loader has: it would get what is another plugin's */
    private static void requireCaller(Class<?> in) {
        if (!isCaller(in)) {
            throw notIts(in);
        }
    }

    private static boolean isCaller(Class<?> in) {
        return STACK.walk(stack -> stack.map(StackWalker.StackFrame::getDeclaringClass)
                .filter(type -> type != SiteChecks.class && !isCallSites(type))
                .findFirst()
                .filter(type -> type.getClassLoader() == in.getClassLoader())
                .isPresent());
    }

    private static boolean isCallSites(Class<?> type) {
        return type.getClassLoader() == SiteChecks.class.getClassLoader()
                && type.getName().equals(CALL_SITES.replace('/', '.'));
    }

    private static SecurityException notIts(Class<?> in) {
        return new SecurityException("What stands for the class " + in.getName() + " is not given to other code.");
    }

    private static CallCheck check(Class<?> in, int line, String method, String given) {
        Rule rule = RuleTable.standard().rule(line);
        CallGuard guard = guard(in);
        return new CallCheck(guard, rule, method, in.getName(), given, new Reach((GuardedLoader) in.getClassLoader()));
    }

    private static CallGuard guard(Class<?> in) {
        if (in.getClassLoader() instanceof GuardedLoader loader) {
            CallGuard guard = loader.guard();
            if (guard != null) {
                return guard;
            }
        }
        throw new SecurityException("Whose class " + in.getName() + " is, nobody can tell; it is not guarded.");
    }
}
