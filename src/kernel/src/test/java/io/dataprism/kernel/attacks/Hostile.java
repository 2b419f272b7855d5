package io.dataprism.kernel.attacks;

import io.dataprism.kernel.testing.PluginJar;

/** What hostile plugins are made of. */
final class Hostile {
    /** Objects of any interface whose every method tells the {@link Spy} that it was called, and a throwable that does. */
    private static final String SPIED = """
            package test.hostile;
            import java.lang.reflect.*;
            public class Spied {
                @SuppressWarnings("unchecked")
                static void ran(String what) {
                    ((java.util.function.BiConsumer<ClassLoader, String>) System.getProperties().get("%s"))
                            .accept(Spied.class.getClassLoader(), what);
                }
                public static <T> T spied(Class<T> type, Object real) {
                    return type.cast(Proxy.newProxyInstance(
                            Spied.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                                ran(type.getSimpleName() + "." + method.getName());
                                try {
                                    return method.invoke(real, args);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            }));
                }
                public static class Failure extends RuntimeException {
                    public Failure(String message) { super(message); }
                    public String getMessage() { ran("Failure.getMessage"); return super.getMessage(); }
                    public String toString() { ran("Failure.toString"); return "Failure"; }
                    public synchronized Throwable getCause() { ran("Failure.getCause"); return null; }
                    public StackTraceElement[] getStackTrace() {
                        ran("Failure.getStackTrace");
                        return super.getStackTrace();
                    }
                }
            }
            """.formatted(Spy.key());

    private Hostile() {}

    /** A plugin {@code hostile} that may use {@code Spied}. */
    static PluginJar plugin() {
        return PluginJar.of("hostile").with(SPIED);
    }

    /** Lines of Java that make {@code count} texts of equal hashes, as a list {@code names}. */
    static String equalHashes(int bits) {
        return """
                List<String> names = new ArrayList<>(List.of("a"));
                for (int bit = 0; bit < %d; bit++) {
                    List<String> longer = new ArrayList<>(names.size() * 2);
                    for (String name : names) { longer.add(name + "aa"); longer.add(name + "bB"); }
                    names = longer;
                }
                """.formatted(bits);
    }
}
