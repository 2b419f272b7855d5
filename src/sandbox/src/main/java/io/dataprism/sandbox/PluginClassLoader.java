package io.dataprism.sandbox;

import io.dataprism.api.Plugin;
import io.dataprism.sandbox.classfile.ClassFile;
import io.dataprism.sandbox.classfile.DamagedClassException;
import io.dataprism.sandbox.guard.CallGuard;
import io.dataprism.sandbox.guard.GuardedClasses;
import io.dataprism.sandbox.guard.GuardedLoader;
import io.dataprism.sandbox.guard.StandardStreams;
import io.dataprism.sandbox.kept.KeptClasses;
import io.dataprism.sandbox.kept.KeptKey;
import io.dataprism.sandbox.poll.LoopPoll;
import io.dataprism.sandbox.poll.PollClass;
import io.dataprism.sandbox.rules.TypeFacts;
import io.dataprism.sandbox.site.CallSites;
import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of one plugin. It sees the JDK, the plugin API and a short list of Vert.x types, the packages that its
 * dependencies export, and its own jars; nothing of the kernel, of the host application or of its neighbours. Two plugins may
 * therefore use two versions of one library. Jars that load native code may be left to a loader of their own ({@link Builder#nativeCode}), which
 * outlives this one.
 *
 * <p>Safe to use from any thread. {@link #close} releases the jars; a class that was not loaded by then cannot be loaded any more.
 */
public final class PluginClassLoader extends ClassLoader implements GuardedLoader, Closeable {
    static {
        registerAsParallelCapable();
    }

    /** The packages of the JDK. Others are looked for in the plugin's own jars first: to find that the JDK has no such class is dear. */
    private static final Set<String> PLATFORM = platformPackages();

    private final ClassLoader host;
    private final Map<String, PluginClassLoader> imports;
    private final @Nullable PluginClassLoader nativeCode;
    private final OwnClasses own;
    private final @Nullable CallGuard guard;
    private final StandardStreams streams = new StandardStreams();
    private final @Nullable GuardedClasses guarded;
    /** Null where its classes do not poll. */
    private final @Nullable LoopPoll poll;

    private final Optional<String> content;
    private final @Nullable KeptClasses kept;
    /** Guarded by the lock. */
    private final List<String> defined = new ArrayList<>(1);

    private final Object lock = new Object();
    private volatile boolean closed;

    private PluginClassLoader(Builder builder) throws IOException {
        super(builder.name, getPlatformClassLoader());
        host = Plugin.class.getClassLoader();
        imports = Map.copyOf(builder.imports);
        nativeCode = builder.nativeCode;
        guard = builder.guard;
        content = linked(builder);
        kept = guard == null ? null : builder.kept(content);
        guarded = guard == null ? null : new GuardedClasses(type -> facts(type, kept), builder.polls);
        poll = guard == null || !builder.polls
                ? null
                : new LoopPoll(builder.name, type -> type.getClassLoader() == this);
        own = new OwnClasses(builder.classPath, then(builder.transform));
    }

    /** Before any class that polls, and where the stack has room: what can't be made ready once can't be at all. */
    private PluginClassLoader readyToPoll() {
        if (poll != null) {
            byte[] bytes = GuardedClasses.pollClass();
            defineClass(PollClass.NAME, bytes, 0, bytes.length);
            try {
                Class.forName(PollClass.NAME, true, this);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("It was just defined", e);
            }
        }
        return this;
    }

    private ClassTransform then(ClassTransform first) {
        GuardedClasses guards = guarded;
        return guards == null ? first : (className, bytes) -> guarded(guards, className, first.apply(className, bytes));
    }

    private byte[] guarded(GuardedClasses guards, String className, byte[] bytes) throws ClassNotFoundException {
        KeptClasses known = kept;
        if (known == null) {
            return guards.guarded(className, bytes);
        }
        byte[] before = known.of(className, bytes);
        if (before != null) {
            return before;
        }
        byte[] made = guards.guarded(className, bytes);
        known.add(className, bytes, made);
        return made;
    }

    /** What tells its classes, and all that they are linked with, from any others; empty where that of one of them is not known. */
    private Optional<String> linked(Builder builder) {
        if (builder.content.isEmpty()
                || (nativeCode != null && nativeCode.content.isEmpty())
                || imports.values().stream().anyMatch(loader -> loader.content.isEmpty())) {
            return Optional.empty();
        }
        List<String> parts =
                new ArrayList<>(List.of(builder.content, nativeCode == null ? "" : nativeCode.content.get()));
        parts.add(builder.polls ? "polls" : "no polls");
        builder.classPath.forEach(jar -> parts.add(String.valueOf(jar.getFileName())));
        new TreeMap<>(imports).forEach((exported, loader) -> parts.add(exported + " " + loader.content.orElse("")));
        return Optional.of(KeptKey.content(parts));
    }

    /**
     * Of a type, its name with slashes, that is linked with this loader's classes and is not the JDK's.
     *
     * @param asking of the loader whose class is guarded
     */
    private Optional<TypeFacts> facts(String type, @Nullable KeptClasses asking) {
        String name = type.replace('/', '.');
        PluginClassLoader exporter = imports.get(VisibleTypes.packageOf(name));
        if (exporter != null) {
            return exporter.facts(type, asking);
        }
        if (nativeCode != null && nativeCode.holds(name)) {
            return nativeCode.facts(type, asking);
        }
        try {
            OwnClasses.Found found = own.asItIs(name);
            return found == null ? Optional.empty() : Optional.of(TypeFacts.of(ClassFile.read(found.bytes())));
        } catch (DamagedClassException unreadable) {
            // Nothing is linked with it, then.
            return Optional.empty();
        } catch (ClassNotFoundException unreadable) {
            // Nor with this one, now. At another start it may be read, and must be known.
            if (asking != null) {
                asking.distrust();
            }
            return Optional.empty();
        }
    }

    /** How many of its classes were guarded, and not found as they were guarded before; of those without a place to keep them none. */
    int classesGuarded() {
        return kept == null ? 0 : kept.guarded();
    }

    @Override
    public @Nullable CallGuard guard() {
        return guard;
    }

    @Override
    public StandardStreams streams() {
        return streams;
    }

    @Override
    public MethodHandle poll() {
        return poll == null ? LoopPoll.never() : poll.handle();
    }

    @Override
    public CharSequence polled(CharSequence text) {
        return poll == null ? text : poll.polled(text);
    }

    /**
     * Have the code of its classes end, on all threads and for good: whatever of it runs, or is called again, throws a {@code CondemnedError}.
     *
     * @return whether it will: not so where its calls are not guarded, since then it does not poll either
     */
    public boolean condemn() {
        if (poll == null) {
            return false;
        }
        poll.condemn();
        return true;
    }

    /** Whether {@link #condemn} was called, and does something. */
    public boolean isCondemned() {
        return poll != null && poll.isCondemned();
    }

    @Override
    public boolean sees(Class<?> type) {
        ClassLoader definer = type.getClassLoader();
        if (definer == host) {
            return VisibleTypes.STANDARD.contains(type.getName());
        }
        PluginClassLoader exporter = imports.get(VisibleTypes.packageOf(type.getName()));
        return (exporter != null && (definer == exporter || exporter.sees(type)))
                || (nativeCode != null && (definer == nativeCode || nativeCode.sees(type)));
    }

    /** The loaders of the plugins whose packages it takes. */
    public Collection<PluginClassLoader> imports() {
        return imports.values();
    }

    /** The loader of those of its jars that load native code, where there is one. */
    public Optional<PluginClassLoader> nativeCode() {
        return Optional.ofNullable(nativeCode);
    }

    /** How many classes of its jars it has defined so far; those with native code behind them included. */
    public int classesLoaded() {
        synchronized (lock) {
            return defined.size() + (nativeCode == null ? 0 : nativeCode.classesLoaded());
        }
    }

    /** For messages. */
    private String plugin() {
        return "Plugin '" + getName() + "'";
    }

    private static Set<String> platformPackages() {
        return ModuleLayer.boot().modules().stream()
                .filter(module ->
                        module.getClassLoader() == null || module.getClassLoader() == getPlatformClassLoader())
                .flatMap(module -> module.getPackages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A loader for the plugin called {@code name} in messages. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null) {
            // Without the lock: what others define, they guard themselves.
            loaded = othersClass(name);
        }
        if (loaded == null) {
            synchronized (getClassLoadingLock(name)) {
                loaded = findLoadedClass(name);
                if (loaded == null) {
                    loaded = ownOrInjected(name);
                }
            }
        }
        if (resolve) {
            resolveClass(loaded);
        }
        return loaded;
    }

    /**
     * One lock for all its classes, which nobody else can take. Of the JDK's own ways, a lock for each name costs a hundred bytes a class, and the loader's
     * monitor is any plugin's to hold. Loading under it leads into the loaders of what the plugin depends on, and never back.
     */
    @Override
    protected Object getClassLoadingLock(String className) {
        return lock;
    }

    /** A class that another loader defines, where that is clear from its name. */
    private @Nullable Class<?> othersClass(String name) throws ClassNotFoundException {
        Class<?> found = isOfPlatform(name) ? parentsClass(name) : null;
        if (found != null) {
            return found;
        }
        if (VisibleTypes.STANDARD.contains(name)) {
            return hostClass(name);
        }
        if (name.equals(CallSites.class.getName())) {
            return CallSites.class;
        }
        Optional<String> reserved = VisibleTypes.STANDARD.reservedFor(name);
        if (reserved.isPresent()) {
            throw new BlockedClassException(plugin(), name, reserved.get());
        }
        PluginClassLoader exporter = imports.get(VisibleTypes.packageOf(name));
        if (exporter != null) {
            return exporter.loadClass(name);
        }
        return nativeCode != null && nativeCode.holds(name) ? nativeCode.loadClass(name) : null;
    }

    private static boolean isOfPlatform(String className) {
        return PLATFORM.contains(VisibleTypes.packageOf(className));
    }

    private Class<?> ownOrInjected(String name) throws ClassNotFoundException {
        Class<?> found = ownClass(name);
        if (found == null && !isOfPlatform(name)) {
            // What an agent added to the JVM's classes, where code that it rewrote looks for it.
            found = parentsClass(name);
        }
        return found == null ? missing(name) : found;
    }

    private boolean holds(String className) {
        return own.has(className);
    }

    private @Nullable Class<?> parentsClass(String name) {
        try {
            return getParent().loadClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private Class<?> hostClass(String name) throws ClassNotFoundException {
        try {
            return host.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new BlockedClassException(
                    plugin(), name, VisibleTypes.STANDARD.reservedFor(name).orElse("this kernel has no such class"));
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> found = ownClass(name);
        return found == null ? missing(name) : found;
    }

    private Class<?> missing(String name) throws BlockedClassException {
        throw new BlockedClassException(
                plugin(),
                name,
                "it is neither in its jar nor in a package that one of its dependencies exports."
                        + " Nest the library that holds it, or depend on the plugin that exports its package");
    }

    private @Nullable Class<?> ownClass(String name) throws ClassNotFoundException {
        if (closed) {
            throw new BlockedClassException(plugin(), name, "the plugin was unloaded");
        }
        OwnClasses.Found found = own.find(name);
        if (found == null) {
            return null;
        }
        try {
            definePackageOf(name, found.entry());
        } catch (IOException e) {
            throw new ClassNotFoundException(
                    name + " cannot be loaded: the manifest of " + found.entry().location() + " cannot be read: "
                            + e.getMessage(),
                    e);
        }
        Class<?> made = defineClass(
                name, found.bytes(), 0, found.bytes().length, found.entry().domain(this));
        synchronized (lock) {
            defined.add(name);
        }
        return made;
    }

    private void definePackageOf(String className, ClassPathEntry entry) throws IOException {
        String name = VisibleTypes.packageOf(className);
        if (!name.isEmpty() && getDefinedPackage(name) == null) {
            PackageAttributes says = PackageAttributes.of(name, entry);
            try {
                definePackage(
                        name,
                        says.specTitle(),
                        says.specVersion(),
                        says.specVendor(),
                        says.implTitle(),
                        says.implVersion(),
                        says.implVendor(),
                        says.sealBase());
            } catch (IllegalArgumentException e) {
                // another thread defined it meanwhile; the seal is checked below all the same
            }
        }
        Package defined = name.isEmpty() ? null : getDefinedPackage(name);
        if (defined != null && defined.isSealed() && !defined.isSealed(entry.location())) {
            // Not an exception of the loader's: whoever asks for the types of fields or methods must get an error for
            // it.
            throw new NoClassDefFoundError(plugin() + " has classes of the sealed package " + name + " in two jars.");
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL found = findResource(name);
        return found == null ? getParent().getResource(name) : found;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(inside(name));
        PluginClassLoader exporter = exporterOf(name);
        if (exporter != null) {
            all.addAll(exporter.inside(name));
        }
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        if (closed) {
            return null;
        }
        PluginClassLoader exporter = exporterOf(name);
        List<URL> found = exporter == null ? List.of() : exporter.inside(name);
        if (found.isEmpty()) {
            found = inside(name);
        }
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(closed ? List.of() : inside(name));
    }

    /** Where a file is in the plugin's own jars, those with native code first, as with classes. */
    private List<URL> inside(String name) {
        if (nativeCode == null) {
            return own.resources(name);
        }
        List<URL> all = new ArrayList<>(nativeCode.own.resources(name));
        all.addAll(own.resources(name));
        return all;
    }

    private @Nullable PluginClassLoader exporterOf(String resource) {
        int slash = resource.lastIndexOf('/');
        return slash < 0 ? null : imports.get(resource.substring(0, slash).replace('/', '.'));
    }

    /** Classes of its own, loaded so far, that native code stands behind; it may hold them, and with them this loader, for good. */
    List<String> classesWithNativeCode() {
        List<String> all;
        synchronized (lock) {
            all = List.copyOf(defined);
        }
        return all.stream().filter(this::hasNativeMethod).sorted().toList();
    }

    private boolean hasNativeMethod(String className) {
        Class<?> type = findLoadedClass(className);
        try {
            return type != null
                    && Arrays.stream(type.getDeclaredMethods())
                            .anyMatch(method -> Modifier.isNative(method.getModifiers()));
        } catch (LinkageError e) {
            return false; // a type in a signature was never loaded, and cannot be any more
        }
    }

    /**
     * Close the jars that were not read since this was last called; they are opened again when they are needed. To be called now and then.
     *
     * @return whether there is one that may be closed later
     */
    public boolean rest() throws IOException {
        boolean later = own.rest();
        if (!later && guarded != null) {
            guarded.rest();
            if (kept != null) {
                kept.rest();
            }
        }
        return later;
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (kept != null) {
            kept.close();
        }
        own.close();
    }

    @Override
    public String toString() {
        return "PluginClassLoader(" + getName() + ")";
    }

    /** Puts a loader together. */
    public static final class Builder {
        private final String name;
        private List<Path> classPath = List.of();
        private final Map<String, PluginClassLoader> imports = new LinkedHashMap<>();
        private @Nullable PluginClassLoader nativeCode;
        private ClassTransform transform = ClassTransform.NONE;
        private @Nullable CallGuard guard;
        private boolean polls = true;
        private String content = "";
        private Optional<Path> folder = Optional.empty();
        private Consumer<String> log = unheard -> {};

        private Builder(String name) {
            this.name = name;
        }

        /** The plugin's jar or folder of classes, then its nested libraries, in the order in which they are searched. */
        public Builder classPath(List<Path> jarsAndFolders) {
            classPath = List.copyOf(jarsAndFolders);
            return this;
        }

        /** Packages to take from a dependency; they win over the plugin's own. */
        public Builder importing(PluginClassLoader dependency, Set<String> packages) {
            packages.forEach(exported -> imports.putIfAbsent(exported, dependency));
            return this;
        }

        /**
         * The loader of those of the plugin's jars that load native code; its classes win over those of the class path. It sees none of
         * this loader's, so that it can outlive it.
         */
        public Builder nativeCode(PluginClassLoader jars) {
            nativeCode = jars;
            return this;
        }

        /** What classes pass on their way into the JVM. */
        public Builder transform(ClassTransform through) {
            transform = through;
            return this;
        }

        /** Have each call that the rule table names checked before it is made, and its classes poll, so that they can be {@linkplain #condemn ended}. */
        public Builder guard(CallGuard by) {
            guard = by;
            return this;
        }

        /** Its classes don't poll, so that it can't be condemned: it outlives its plugin, or its plugin is trusted wholly. */
        public Builder withoutPolls() {
            polls = false;
            return this;
        }

        /**
         * Keep what guarding makes of its classes, so that they need not be guarded at the next start.
         *
         * @param place the folder for that, in which nobody else can write
         * @param hash tells the jars from all others
         * @param lines gets a line where what was kept is of no use
         */
        public Builder keptIn(Path place, String hash, Consumer<String> lines) {
            folder = Optional.of(place);
            content = hash;
            log = lines;
            return this;
        }

        private @Nullable KeptClasses kept(Optional<String> linked) {
            return linked.flatMap(all -> folder.flatMap(place -> KeptClasses.in(place, all, log)))
                    .orElse(null);
        }

        /**
         * Open the jars.
         *
         * @throws IOException where one cannot be read; none is left open then
         */
        public PluginClassLoader build() throws IOException {
            return new PluginClassLoader(this).readyToPoll();
        }
    }
}
