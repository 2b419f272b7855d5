package io.dataprism.sandbox.completeness;

import io.dataprism.sandbox.rules.TypeFacts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types by their names, and which of them has the method that a call means. */
final class CodeBase {
    private final Map<String, CodeType> types = new TreeMap<>();

    /** That of the JDK that runs, as far as plugins' class loaders let it through. */
    static CodeBase ofThisJdk() throws IOException {
        CodeBase base = new CodeBase();
        for (Module module : ModuleLayer.boot().modules()) {
            ClassLoader loader = module.getClassLoader();
            if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
                Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module.getName());
                base.addAll(root, name -> module.isExported(packageOf(name)));
            }
        }
        base.link();
        return base;
    }

    private static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }

    /**
     * Add the class files below a folder.
     *
     * @param seen whether plugins see the type of that name, with dots, where it is public
     */
    void addAll(Path root, Predicate<String> seen) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> files =
                    all.filter(file -> file.toString().endsWith(".class")).toList();
            for (Path file : files) {
                String path = root.relativize(file).toString();
                String name = path.substring(0, path.length() - 6);
                if (!name.equals("module-info") && !name.startsWith("META-INF")) {
                    add(Files.readAllBytes(file), seen.test(name.replace('/', '.')));
                }
            }
        }
    }

    void add(byte[] classFile, boolean seen) {
        CodeType type = TypeReader.read(classFile, seen);
        types.put(type.name, type);
    }

    /** What rules are looked up with, of the types that are not the JDK's. */
    Optional<TypeFacts> facts(String name) {
        CodeType type = types.get(name);
        return type == null ? Optional.empty() : Optional.of(new TypeFacts(type.supertypes(), type.methods.keySet()));
    }

    /** Tell each type its subtypes, once all are there. */
    void link() {
        for (CodeType type : types.values()) {
            type.subtypes.clear();
        }
        for (CodeType type : types.values()) {
            for (String above : type.supertypes()) {
                CodeType supertype = types.get(above);
                if (supertype != null) {
                    supertype.subtypes.add(type);
                }
            }
        }
    }

    Collection<CodeType> types() {
        return types.values();
    }

    Stream<CodeMethod> methods() {
        return types.values().stream().flatMap(type -> type.methods.values().stream());
    }

    @Nullable
    CodeType type(String name) {
        return types.get(name);
    }

    /** The method that a call means, as the JVM looks for it: superclasses before interfaces; null where no type here has it. */
    @Nullable
    CodeMethod resolve(String owner, String signature) {
        Set<CodeType> interfaces = new LinkedHashSet<>();
        for (CodeType type = types.get(owner); type != null; type = above(type)) {
            CodeMethod found = type.methods.get(signature);
            if (found != null) {
                return found;
            }
            gather(type, interfaces);
        }
        CodeMethod best = null;
        for (CodeType each : interfaces) {
            CodeMethod found = each.methods.get(signature);
            if (found != null && (best == null || best.isAbstract())) {
                best = found;
            }
        }
        return best;
    }

    private @Nullable CodeType above(CodeType type) {
        return type.superclass == null ? null : types.get(type.superclass);
    }

    private void gather(CodeType type, Set<CodeType> interfaces) {
        for (String name : type.interfaces) {
            CodeType each = types.get(name);
            if (each != null && interfaces.add(each)) {
                gather(each, interfaces);
            }
        }
    }
}
