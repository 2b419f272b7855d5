package io.dataprism.modules;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;

/**
 * A jar that becomes a module.
 *
 * @param path of the jar
 * @param name of its module: as it says itself, or as the JVM would call it
 * @param version as its manifest or its file's name says
 * @param packages that have classes
 * @param descriptor its own; empty where it has none
 * @param exported what its own descriptor exports to everybody
 * @param references what its classes name
 * @param services of {@code META-INF/services}, and who provides them
 */
record Library(
        Path path,
        String name,
        Optional<String> version,
        Set<String> packages,
        Optional<ClassReader> descriptor,
        Set<String> exported,
        References references,
        Map<String, List<String>> services) {
    private static final String DESCRIPTOR = "module-info.class";
    private static final String SERVICES = "META-INF/services/";

    static Library read(Path path) throws IOException {
        ModuleReference module =
                ModuleFinder.of(path).findAll().stream().findFirst().orElseThrow();
        ModuleDescriptor own = module.descriptor();
        References references = new References();
        Map<String, List<String>> services = new TreeMap<>();
        Optional<ClassReader> descriptor = Optional.empty();
        Optional<String> version;
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            version = implementation(jar).or(own::rawVersion);
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (name.endsWith(DESCRIPTOR)) {
                    descriptor = Optional.of(
                            new ClassReader(jar.getInputStream(entry).readAllBytes()));
                } else if (name.endsWith(".class")) {
                    references.add(jar.getInputStream(entry).readAllBytes());
                } else if (name.startsWith(SERVICES) && !entry.isDirectory()) {
                    services.put(
                            name.substring(SERVICES.length()),
                            providers(jar.getInputStream(entry).readAllBytes()));
                }
            }
        }
        Set<String> exported = own.exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        return new Library(path, own.name(), version, own.packages(), descriptor, exported, references, services);
    }

    private static Optional<String> implementation(JarFile jar) throws IOException {
        return Optional.ofNullable(jar.getManifest())
                .map(manifest -> manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION));
    }

    private static List<String> providers(byte[] file) {
        List<String> all = new ArrayList<>();
        new String(file, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty() && !all.contains(line))
                .forEach(all::add);
        return all;
    }
}
