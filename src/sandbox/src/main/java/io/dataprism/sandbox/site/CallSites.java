package io.dataprism.sandbox.site;

import io.dataprism.sandbox.guard.SiteChecks;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What guarded classes call: linked once a call site, it finds the plugin by the loader of the class that it stands in, which nobody can forge. The
 * only type of the sandbox that plugins' classes see; whoever calls it without being made to gains nothing but a refusal.
 */
public final class CallSites {
    private CallSites() {}

    /**
     * Link a check.
     *
     * @param type takes the arguments that the check looks at, and returns nothing
     * @param rule the line of the rule in the table
     * @param method that is called next, for messages
     * @param given the numbers of the arguments, a character each
     */
    public static CallSite link(
            MethodHandles.Lookup in, String name, MethodType type, int rule, String method, String given) {
        return SiteChecks.link(in, name, type, rule, method, given);
    }

    /** The same at once, for classes of a time before call sites could be linked. */
    public static void check(Class<?> in, int rule, String method, String given, @Nullable Object[] values) {
        SiteChecks.check(in, rule, method, given, values);
    }

    /**
     * Link what stands for a field of {@code System}.
     *
     * @param name the field's
     */
    public static CallSite stream(MethodHandles.Lookup in, String name, MethodType type) {
        return SiteChecks.stream(in, name, type);
    }

    /** The same at once, for classes of a time before call sites could be linked. */
    public static Object stream(Class<?> in, String name) {
        return SiteChecks.stream(in, name);
    }

    /** What the class through which a loader's classes poll calls when it is made ready. */
    public static MethodHandle poll(Class<?> in) {
        return SiteChecks.poll(in);
    }

    /** What the JDK is given to match in place of {@code text}: it polls. */
    public static @Nullable CharSequence text(@Nullable CharSequence text, Class<?> in) {
        return SiteChecks.text(text, in);
    }

    /** {@link String#matches}. */
    public static boolean matches(String text, String regex, Class<?> in) {
        return SiteChecks.matches(text, regex, in);
    }

    /** {@link String#replaceAll}. */
    public static String replaceAll(String text, String regex, String by, Class<?> in) {
        return SiteChecks.replaceAll(text, regex, by, in);
    }

    /** {@link String#replaceFirst}. */
    public static String replaceFirst(String text, String regex, String by, Class<?> in) {
        return SiteChecks.replaceFirst(text, regex, by, in);
    }

    /** {@link String#split(String)}. */
    public static String[] split(String text, String regex, Class<?> in) {
        return SiteChecks.split(text, regex, in);
    }

    /** {@link String#split(String, int)}, which is quick at a plain character. */
    public static String[] split(String text, String regex, int limit, Class<?> in) {
        return SiteChecks.split(text, regex, limit, in);
    }

    /** {@link Pattern#asPredicate}. */
    public static Predicate<String> asPredicate(Pattern pattern, Class<?> in) {
        return SiteChecks.asPredicate(pattern, in);
    }

    /** {@link Pattern#asMatchPredicate}. */
    public static Predicate<String> asMatchPredicate(Pattern pattern, Class<?> in) {
        return SiteChecks.asMatchPredicate(pattern, in);
    }

    /** What stands for {@code System.getProperties()}. */
    public static Properties properties(Class<?> in) {
        return SiteChecks.properties(in);
    }

    /** What stands for {@code System.getenv()}. */
    public static Map<String, String> environment(Class<?> in) {
        return SiteChecks.environment(in);
    }

    /** What stands for the class loader of the program's classes. */
    public static ClassLoader programLoader(Class<?> in) {
        return SiteChecks.programLoader(in);
    }
}
