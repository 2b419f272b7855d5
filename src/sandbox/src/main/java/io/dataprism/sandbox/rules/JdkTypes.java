package io.dataprism.sandbox.rules;

import io.dataprism.sandbox.classfile.ClassFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The types of the running JDK, from its class files; none is loaded. What was looked up is kept. Safe to use from any thread. */
public final class JdkTypes implements TypeFacts.Source {
    private static final int MOST_KEPT = 20_000;

    private final Map<String, Module> packages = packages();
    private final Map<String, Optional<TypeFacts>> known = new ConcurrentHashMap<>();

    private JdkTypes() {}

    /** Those of this JVM. */
    public static JdkTypes running() {
        return Running.TYPES;
    }

    private static final class Running {
        static final JdkTypes TYPES = new JdkTypes();
    }

    private static Map<String, Module> packages() {
        Map<String, Module> found = new HashMap<>();
        for (Module module : ModuleLayer.boot().modules()) {
            if (module.getName().startsWith("java.") || module.getName().startsWith("jdk.")) {
                module.getPackages().forEach(name -> found.put(name.replace('.', '/'), module));
            }
        }
        return found;
    }

    /** Whether the JDK has a package of that name, with slashes. */
    public boolean hasPackage(String name) {
        return packages.containsKey(name);
    }

    /** Whether a type is in one of the JDK's packages, as its name, with slashes, says. */
    public boolean owns(String type) {
        return packages.containsKey(packageOf(type));
    }

    /**
     * Whether a package is exported to everybody whose name begins so.
     *
     * @param begin with dots, and one at its end
     */
    public boolean exportsAnyBelow(String begin) {
        for (Map.Entry<String, Module> each : packages.entrySet()) {
            String name = each.getKey().replace('/', '.');
            if ((name + ".").startsWith(begin) && each.getValue().isExported(name)) {
                return true;
            }
        }
        return false;
    }

    private static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('/')));
    }

    @Override
    public Optional<TypeFacts> of(String name) {
        if (!owns(name)) {
            return Optional.empty();
        }
        Optional<TypeFacts> facts = known.get(name);
        if (facts == null) {
            facts = read(name);
            if (known.size() < MOST_KEPT) {
                known.put(name, facts);
            }
        }
        return facts;
    }

    private Optional<TypeFacts> read(String name) {
        Module module = packages.get(packageOf(name));
        try (InputStream stream = module == null ? null : module.getResourceAsStream(name + ".class")) {
            return stream == null ? Optional.empty() : Optional.of(TypeFacts.of(ClassFile.read(stream.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException("The JDK's class " + name + " can't be read", e);
        }
    }
}
