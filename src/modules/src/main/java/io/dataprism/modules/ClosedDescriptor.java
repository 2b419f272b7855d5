package io.dataprism.modules;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The descriptor of one module among others. It requires what its own descriptor says, or else what its code names. What it exports or opens it does to its
 * neighbours alone, a library of others to those that name something of it; what plugins may see excepted.
 */
final class ClosedDescriptor {
    private static final String JVMS_AGENTS = "java.instrument";

    private final Surroundings among;
    private final Library library;
    private final Settings settings;
    /** Packages that are not exported, with the neighbours that name them all the same. */
    private final Map<String, Set<String>> named;

    /**
     * What is not to be seen from the jars.
     *
     * @param visible the packages that everybody may see
     * @param main the module that is started, which has all others with it
     * @param mainClass its class
     * @param agent the module that has the JVM's agent
     * @param opened modules whose classes another one looks into by reflection, each with that
     */
    record Settings(Set<String> visible, String main, String mainClass, String agent, Map<String, String> opened) {}

    ClosedDescriptor(Surroundings among, Library library, Settings settings, Map<String, Set<String>> named) {
        this.among = among;
        this.library = library;
        this.settings = settings;
        this.named = named;
    }

    /** As a class file. */
    byte[] bytes() {
        ClassWriter writer = new ClassWriter(0);
        library.descriptor().ifPresentOrElse(own -> own.accept(new Narrowed(writer), 0), () -> make(writer));
        return writer.toByteArray();
    }

    /** Whom a package is exported to: null stands for everybody, and none for nobody. Libraries of others have so many that each target counts at a start. */
    private String @Nullable [] to(String name) {
        if (settings.visible().contains(name)) {
            return null;
        }
        return isOwn(library.name()) ? among.neighboursOf(library) : among.usersOf(library);
    }

    /** In a class file an export without a target is one to everybody. */
    private static boolean isToNobody(String @Nullable [] to) {
        return to != null && to.length == 0;
    }

    /** A descriptor that says who may have what, with that narrowed. */
    private final class Narrowed extends ClassVisitor {
        Narrowed(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public ModuleVisitor visitModule(String name, int access, @Nullable String version) {
            boolean open = (access & Opcodes.ACC_OPEN) != 0;
            ModuleVisitor next = super.visitModule(name, access & ~Opcodes.ACC_OPEN, version);
            return new ModuleVisitor(Opcodes.ASM9, next) {
                private final Set<String> exported = new HashSet<>();

                @Override
                public void visitExport(String packaged, int flags, String @Nullable ... modules) {
                    exported.add(packaged.replace('/', '.'));
                    String[] to = narrowed(packaged, modules);
                    if (!isToNobody(to)) {
                        super.visitExport(packaged, flags, to);
                    }
                }

                @Override
                public void visitOpen(String packaged, int flags, String @Nullable ... modules) {
                    super.visitOpen(
                            packaged,
                            flags,
                            modules == null || modules.length == 0 ? among.neighboursOf(library) : modules);
                }

                @Override
                public void visitEnd() {
                    named.forEach((hidden, users) -> {
                        if (!exported.contains(hidden)) {
                            super.visitExport(hidden.replace('.', '/'), 0, users.toArray(String[]::new));
                        }
                    });
                    if (open) {
                        library.packages()
                                .forEach(one -> super.visitOpen(one.replace('.', '/'), 0, among.neighboursOf(library)));
                    }
                    super.visitEnd();
                }
            };
        }

        private String @Nullable [] narrowed(String packaged, String @Nullable [] modules) {
            String name = packaged.replace('/', '.');
            if (modules == null || modules.length == 0) {
                return to(name);
            }
            Set<String> all = new TreeSet<>(List.of(modules));
            all.addAll(named.getOrDefault(name, Set.of()));
            return all.toArray(String[]::new);
        }
    }

    private void make(ClassWriter writer) {
        writer.visit(Opcodes.V17, Opcodes.ACC_MODULE, "module-info", null, null, null);
        ModuleVisitor module =
                writer.visitModule(library.name(), 0, library.version().orElse(null));
        boolean isMain = library.name().equals(settings.main());
        if (isMain) {
            module.visitMainClass(settings.mainClass().replace('.', '/'));
        }
        library.packages().forEach(name -> module.visitPackage(name.replace('.', '/')));
        module.visitRequire("java.base", Opcodes.ACC_MANDATED, null);
        Set<String> required = among.usedBy(library);
        if (isMain) {
            required.addAll(List.of(among.neighboursOf(library)));
            // Plugins may count on what every Java has
            required.add("java.se");
        }
        required.forEach(name -> module.visitRequire(name, isOptional(name) ? Opcodes.ACC_STATIC_PHASE : 0, null));
        library.packages().forEach(name -> export(module, name));
        library.references().besideServices().stream()
                .filter(among::isService)
                .forEach(service -> module.visitUse(service.replace('.', '/')));
        provided()
                .forEach((service, providers) -> module.visitProvide(
                        service.replace('.', '/'),
                        providers.stream()
                                .map(provider -> provider.replace('.', '/'))
                                .toArray(String[]::new)));
        module.visitEnd();
        writer.visitEnd();
    }

    /** What a library of others uses of the JDK beyond what every Java has, it can do without. */
    private boolean isOptional(String required) {
        return required.startsWith("jdk.") && !isOwn(library.name());
    }

    private void export(ModuleVisitor module, String name) {
        String path = name.replace('.', '/');
        String[] to = to(name);
        if (to != null && library.name().equals(settings.agent())) {
            Set<String> all = new TreeSet<>(List.of(to));
            all.add(JVMS_AGENTS);
            to = all.toArray(String[]::new);
        }
        if (!isToNobody(to)) {
            module.visitExport(path, 0, to);
        }
        String[] looking = looking();
        if (looking.length > 0) {
            module.visitOpen(path, 0, looking);
        }
    }

    /** Who looks into its classes by reflection, or reads what lies beside them. */
    private String[] looking() {
        Set<String> looking = new TreeSet<>();
        if (isOwn(library.name())) {
            Stream.of(among.neighboursOf(library))
                    .filter(ClosedDescriptor::isOwn)
                    .forEach(looking::add);
        }
        Optional.ofNullable(settings.opened().get(library.name())).ifPresent(looking::add);
        return looking.toArray(String[]::new);
    }

    private static boolean isOwn(String name) {
        return name.startsWith("io.dataprism.");
    }

    /** Services of which there is nothing but the name stay as they are: what looks for them reads the file. */
    private Map<String, List<String>> provided() {
        Map<String, List<String>> provided = new TreeMap<>();
        library.services().forEach((service, providers) -> {
            List<String> own = providers.stream()
                    .filter(provider -> library.packages().contains(Surroundings.packageOf(provider)))
                    .toList();
            if (!own.isEmpty() && among.ownerOf(Surroundings.packageOf(service)).isPresent()) {
                provided.put(service, own);
            }
        });
        return provided;
    }
}
