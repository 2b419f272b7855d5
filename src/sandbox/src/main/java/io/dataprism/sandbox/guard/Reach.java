package io.dataprism.sandbox.guard;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of the JVM's objects a plugin may reach for: its own, the JDK's, and what its class loader shows it. Not the classes, loaders and modules of the node
 * or of other plugins, however it came by them. Runs no plugin's code.
 */
public final class Reach implements CallCheck.Whose {
    private final GuardedLoader plugin;

    /** @param plugin the plugin's class loader */
    Reach(GuardedLoader plugin) {
        this.plugin = plugin;
    }

    /** The class loader that such an object leads to, the JVM's own being none; empty where it leads to none. */
    public static Optional<Target> target(@Nullable Object value) {
        if (value instanceof Class<?> type) {
            return Optional.of(Target.of(type));
        }
        // A member that a plugin made itself, of the interface's kind, would be its own code, and say what it likes.
        if (value instanceof Field || value instanceof Executable) {
            return Optional.of(Target.of(((Member) value).getDeclaringClass()));
        }
        if (value instanceof ClassLoader loader) {
            return Optional.of(new Target(loader, null));
        }
        if (value instanceof Module module) {
            return Optional.of(new Target(module.getClassLoader(), null));
        }
        if (value instanceof MethodHandles.Lookup lookup) {
            return Optional.of(Target.of(lookup.lookupClass()));
        }
        return Optional.empty();
    }

    /**
     * What is reached for.
     *
     * @param loader null for the JVM's own
     * @param type null where it is the loader itself, or a module
     */
    public record Target(
            @Nullable ClassLoader loader, @Nullable Class<?> type) {
        static Target of(Class<?> type) {
            Class<?> element = type;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            return new Target(element.getClassLoader(), element);
        }

        /** Whether it is of the JDK. */
        public boolean isJdk() {
            return loader == null || loader == ClassLoader.getPlatformClassLoader();
        }
    }

    @Override
    public boolean isForeign(@Nullable Object value) {
        return target(value)
                .filter(target -> !target.isJdk() && !isOwn(target) && !isShown(target))
                .isPresent();
    }

    @Override
    public boolean isOwn(@Nullable Object value) {
        return target(value)
                .filter(target -> target.type() != null && isOwn(target))
                .isPresent();
    }

    private boolean isOwn(Target target) {
        for (ClassLoader loader = target.loader(); loader != null; loader = loader.getParent()) {
            if (loader == plugin) {
                return true;
            }
        }
        return false;
    }

    private boolean isShown(Target target) {
        Class<?> type = target.type();
        return type != null && plugin.sees(type);
    }
}
