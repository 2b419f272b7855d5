package io.dataprism.attacks.host;

import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.sandbox.guard.CallGuard;
import io.dataprism.sandbox.guard.GuardedLoader;
import io.dataprism.sandbox.guard.StandardStreams;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the class loader that an attack's jar is loaded by. */
final class PluginLoaders {
    private PluginLoaders() {}

    static ClassLoader of(Column column, Path jar, AttackFacts attack, Map<String, Object> scene) throws IOException {
        if (!column.isSandboxed()) {
            return new URLClassLoader(new URL[] {jar.toUri().toURL()}, Host.class.getClassLoader());
        }
        CallGuard guard = column.grantsMeans() ? Grants.means(attack, scene)::allow : (permission, scope) -> false;
        return column.hasLoader()
                ? PluginClassLoader.builder("attack")
                        .classPath(List.of(jar))
                        .guard(guard)
                        .build()
                : new Unrewritten(jar, guard);
    }

    /** Of another plugin, which has nothing to do with the attack. */
    static ClassLoader ofNeighbour(Path jar) throws IOException {
        return PluginClassLoader.builder("neighbour").classPath(List.of(jar)).build();
    }

    /** A plugin's loader whose classes have no checks before their calls, so that the other layer stands alone. */
    private static final class Unrewritten extends URLClassLoader implements GuardedLoader {
        private final CallGuard guard;

        Unrewritten(Path jar, CallGuard guard) throws IOException {
            super(new URL[] {jar.toUri().toURL()}, getPlatformClassLoader());
            this.guard = guard;
        }

        @Override
        public @Nullable CallGuard guard() {
            return guard;
        }

        @Override
        public StandardStreams streams() {
            return new StandardStreams();
        }

        @Override
        public boolean sees(Class<?> type) {
            return false;
        }
    }
}
