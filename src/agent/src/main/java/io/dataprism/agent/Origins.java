package io.dataprism.agent;

import io.dataprism.sandbox.guard.CallCheck;
import io.dataprism.sandbox.guard.CallGuard;
import io.dataprism.sandbox.guard.GuardedLoader;
import io.dataprism.sandbox.guard.Reach;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whose a class, a class loader or a thread is. Runs no plugin's code. Safe to use from any thread. */
final class Origins {
    /** Loaders that the JDK makes for its own plumbing of reflection. */
    private static final Set<String> OF_THE_JDK =
            Set.of("sun.reflect.misc.MethodUtil", "jdk.internal.reflect.DelegatingClassLoader");

    private static final Set<Module> JDK_MODULES = ModuleLayer.boot().modules().stream()
            .filter(module ->
                    module.getName().startsWith("java.") || module.getName().startsWith("jdk."))
            .collect(Collectors.toUnmodifiableSet());

    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private final WeakOwners loaders = new WeakOwners();
    private volatile boolean knowsPlugins;
    private final WeakOwners threads = new WeakOwners();
    private final ClassValue<Origin> classes = new ClassValue<>() {
        @Override
        protected Origin computeValue(Class<?> type) {
            // Some of the JDK's modules have the loader of the program's classes.
            if (JDK_MODULES.contains(type.getModule())) {
                return Origin.JDK;
            }
            Origin loaders = ofLoader(type.getClassLoader());
            boolean handsOn = Proxy.isProxyClass(type) || type.getName().startsWith("jdk.MHProxy");
            return handsOn && loaders.plugin() == null ? Origin.MADE_TO_HAND_ON : loaders;
        }
    };

    /** The JDK, a plugin, or the node and the program that it is part of. */
    record Origin(boolean isJdk, @Nullable CallGuard plugin) {
        static final Origin JDK = new Origin(true, null);
        /** A class that the JDK made to hand on calls, wherever it put it: it says nothing of who calls. */
        static final Origin MADE_TO_HAND_ON = new Origin(true, null);

        static final Origin HOST = new Origin(false, null);
        /** Of a loader that was made where nobody of the program's was to be seen: it may do nothing. */
        static final Origin NOBODY = new Origin(false, (permission, scope) -> false);

        /** Whether its frames only hand on what they were given. */
        @SuppressWarnings("ReferenceEquality") // it is one, and equal to the JDK's
        boolean handsOn() {
            return this == MADE_TO_HAND_ON;
        }
    }

    Origin of(Class<?> type) {
        return classes.get(type);
    }

    private Origin ofLoader(@Nullable ClassLoader loader) {
        if (loader == null || loader == PLATFORM) {
            return Origin.JDK;
        }
        if (OF_THE_JDK.contains(loader.getClass().getName())
                && loader.getClass().getClassLoader() == null) {
            return Origin.JDK;
        }
        if (loader instanceof GuardedLoader guarded) {
            CallGuard plugin = guarded.guard();
            if (plugin == null) {
                return Origin.HOST;
            }
            knowsPlugins = true;
            return new Origin(false, plugin);
        }
        // A loader that a plugin made, of the JDK's kind or its own, is its own in what it loads as well.
        CallGuard maker = loaders.of(loader);
        if (maker != null) {
            return maker == nobody() ? Origin.NOBODY : new Origin(false, maker);
        }
        return of(loader.getClass()).plugin() == null ? Origin.HOST : of(loader.getClass());
    }

    /**
     * Whose things are, as a plugin sees them.
     *
     * @param from the class of the plugin's that reaches for them; null where that is not known
     */
    CallCheck.Whose seenBy(@Nullable Class<?> from, CallGuard plugin) {
        return new CallCheck.Whose() {
            @Override
            public boolean isForeign(@Nullable Object value) {
                return Origins.this.isForeign(value, from, plugin);
            }

            @Override
            public boolean isOwn(@Nullable Object value) {
                Class<?> type = Reach.target(value).map(Reach.Target::type).orElse(null);
                return type != null && of(type).plugin() == plugin;
            }
        };
    }

    private boolean isForeign(@Nullable Object value, @Nullable Class<?> from, CallGuard plugin) {
        Reach.Target target = Reach.target(value).orElse(null);
        if (target == null || target.isJdk()) {
            return false;
        }
        Class<?> type = target.type();
        Origin origin = type == null ? ofLoader(target.loader()) : of(type);
        if (origin.isJdk() || origin.plugin() == plugin) {
            return false;
        }
        return !(type != null
                && from != null
                && from.getClassLoader() instanceof GuardedLoader loader
                && loader.sees(type));
    }

    /** Whether any plugin's class was ever on a stack. */
    boolean knowsPlugins() {
        return knowsPlugins;
    }

    void made(Object loader, CallGuard by) {
        loaders.put(loader, by);
    }

    /** A loader was made, and nobody was to be seen. */
    void madeByNobody(Object loader) {
        loaders.put(loader, nobody());
    }

    private static CallGuard nobody() {
        return Objects.requireNonNull(Origin.NOBODY.plugin());
    }

    void starting(Object thread, CallGuard by) {
        threads.put(thread, by);
    }

    @Nullable
    CallGuard of(Thread thread) {
        return threads.of(thread);
    }
}
