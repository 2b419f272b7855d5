package io.dataprism.modules;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The modules that come together, and those of the JDK: whose a package is, and which services there are. Immutable. */
final class Surroundings {
    private final List<String> names;
    private final Map<String, String> owners = new HashMap<>();
    private final Set<String> services = new HashSet<>();
    private final Map<String, Set<String>> users = new HashMap<>();

    /** @throws IllegalArgumentException where two have the same name, or a package in common */
    Surroundings(Collection<Library> libraries) {
        names = libraries.stream().map(Library::name).sorted().toList();
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("Two jars would be the same module: " + names);
        }
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            ModuleDescriptor descriptor = module.descriptor();
            descriptor.exports().stream()
                    .filter(export -> !export.isQualified())
                    .forEach(export -> owners.put(export.source(), descriptor.name()));
            services.addAll(descriptor.uses());
        }
        Map<String, String> own = new HashMap<>();
        for (Library library : libraries) {
            for (String one : library.packages()) {
                String other = own.put(one, library.name());
                if (other != null) {
                    throw new IllegalArgumentException(
                            "Package " + one + " is in two modules, " + other + " and " + library.name());
                }
            }
            services.addAll(library.services().keySet());
        }
        owners.putAll(own);
        for (Library library : libraries) {
            usedBy(library)
                    .forEach(used -> users.computeIfAbsent(used, first -> new TreeSet<>())
                            .add(library.name()));
        }
    }

    /** The other modules that come with {@code library}. */
    String[] neighboursOf(Library library) {
        return names.stream().filter(name -> !name.equals(library.name())).toArray(String[]::new);
    }

    /** The other modules that name something of {@code library}. */
    String[] usersOf(Library library) {
        return users.getOrDefault(library.name(), Set.of()).toArray(String[]::new);
    }

    /** Whose package {@code name} is; empty where it is in none of them. */
    Optional<String> ownerOf(String name) {
        return Optional.ofNullable(owners.get(name));
    }

    boolean isService(String type) {
        return services.contains(type);
    }

    /** The modules of which {@code library} names packages, its own left out. */
    Set<String> usedBy(Library library) {
        Set<String> used = new TreeSet<>();
        library.references().packages().forEach(name -> ownerOf(name).ifPresent(used::add));
        library.services().keySet().stream()
                .flatMap(service -> ownerOf(packageOf(service)).stream())
                .forEach(used::add);
        used.remove(library.name());
        used.remove("java.base");
        return used;
    }

    static String packageOf(String type) {
        int dot = type.lastIndexOf('.');
        return dot < 0 ? "" : type.substring(0, dot);
    }
}
