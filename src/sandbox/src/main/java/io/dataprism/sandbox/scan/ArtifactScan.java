package io.dataprism.sandbox.scan;

import io.dataprism.sandbox.classfile.ClassFile;
import io.dataprism.sandbox.classfile.DamagedClassException;
import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.rules.JdkTypes;
import io.dataprism.sandbox.rules.RuleFinder;
import io.dataprism.sandbox.rules.RuleTable;
import io.dataprism.sandbox.rules.TooManyTypesException;
import io.dataprism.sandbox.rules.TypeFacts;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scans one artifact. Used once; not safe for several threads at a time; blocks. */
public final class ArtifactScan implements Closeable {
    private static final int BUFFER = 1 << 16;
    /** Of objections that are told one by one. */
    private static final int MOST_TOLD = 1000;

    private static final String CLASS = ".class";
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d+)/.*");

    private final Predicate<String> mayBeNative;
    private final ScanLimits limits;
    private final JdkTypes jdk = JdkTypes.running();
    private final Set<String> names;
    private final Map<String, TypeFacts> own = new HashMap<>();
    private final Findings findings = new Findings();
    private final List<Objection> objections = new ArrayList<>();
    private final RuleTable table;
    private final RuleFinder finder;
    private final RuleSink sink;
    private final List<Container> containers = new ArrayList<>();
    private final List<Path> unpacked = new ArrayList<>();
    private final List<Later> later = new ArrayList<>();
    private final long begun = System.nanoTime();
    private int methods;
    private int classes;
    private long classBytes;
    private long bytes;

    /** A class that calls methods which it may have from the JDK by way of other classes of the artifact. */
    private record Later(Container container, String file, List<MemberReference> called) {}

    private ArtifactScan(RuleTable table, Predicate<String> mayBeNative, ScanLimits limits) {
        this.mayBeNative = mayBeNative;
        this.limits = limits;
        this.table = table;
        this.names = table.methodNames();
        this.finder = new RuleFinder(table, jdk, name -> Optional.ofNullable(own.get(name)));
        this.sink = new RuleSink(table, finder, findings);
    }

    /**
     * Scan an artifact by the standard table.
     *
     * @param artifact a jar, or a folder of classes
     * @param libraries the names of the jars nested in it, {@code lib/<name>.jar}
     * @param mayBeNative whether a nested jar may hold native libraries
     * @throws IOException where the artifact itself can't be read
     */
    public static ScanReport scan(Path artifact, List<String> libraries, Predicate<String> mayBeNative)
            throws IOException {
        return scan(artifact, libraries, mayBeNative, ScanLimits.STANDARD);
    }

    static ScanReport scan(Path artifact, List<String> libraries, Predicate<String> mayBeNative, ScanLimits limits)
            throws IOException {
        try (ArtifactScan scan = new ArtifactScan(RuleTable.standard(), mayBeNative, limits)) {
            return scan.all(artifact, libraries);
        }
    }

    private ScanReport all(Path artifact, List<String> libraries) throws IOException {
        Container main = Files.isDirectory(artifact) ? Container.folder(artifact) : Container.jar("", artifact);
        containers.add(main);
        try {
            look(main, libraries);
            for (String library : libraries) {
                nested(main, library);
            }
            for (Later inheriting : later) {
                inherited(inheriting);
            }
        } catch (TooMuchException e) {
            objections.add(new Objection(
                    true,
                    "DP-0275",
                    "",
                    "There is more in it than is looked at: " + e.getMessage()
                            + ". Leave out what the plugin doesn't need."));
        }
        return new ScanReport(findings.list(), objections, classes, containers.size(), classBytes);
    }

    private void nested(Container main, String library) throws IOException {
        try {
            Path file = Files.createTempFile("dataprism-scan", ".jar");
            unpacked.add(file);
            try (InputStream in = main.open(library);
                    OutputStream out = Files.newOutputStream(file)) {
                copy(in, out);
            }
            Container container = Container.jar(library, file);
            containers.add(container);
            look(container, List.of());
        } catch (TooMuchException e) {
            throw e;
        } catch (IOException e) {
            object(new Objection(
                    true,
                    "DP-0208",
                    library,
                    "The nested library is no readable jar (" + e.getMessage()
                            + "): expected a zip archive. Build the plugin again."));
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            count(read);
            out.write(buffer, 0, read);
        }
    }

    private void count(int more) throws TooMuchException {
        bytes += more;
        if (bytes > limits.allBytes()) {
            throw new TooMuchException("unpacked, more than " + (limits.allBytes() >> 20) + " MiB");
        }
        if (System.nanoTime() - begun > limits.time().toNanos()) {
            throw new TooMuchException("it takes longer than " + limits.time().toSeconds() + " s");
        }
    }

    private void look(Container container, List<String> libraries) throws IOException {
        List<String> files = container.files();
        if (files.size() > limits.entries()) {
            throw new TooMuchException(files.size() + " entries in one jar, and " + limits.entries() + " are the most");
        }
        Set<String> seen = new HashSet<>();
        Set<String> known = new HashSet<>(libraries);
        for (String file : files) {
            if (EntryNames.leadsOut(file)) {
                object(container, file, true, "DP-0207", "Its name leads out of the jar. Don't install this file.");
            } else if (!seen.add(file)) {
                object(container, file, true, "DP-0204", "It is there twice: expected once. Build the jar again.");
            } else if (!known.contains(file)) {
                look(container, file);
            }
        }
    }

    private void look(Container container, String file) throws IOException {
        try (InputStream in = container.open(file)) {
            if (file.endsWith(CLASS)) {
                looked(container, file, read(in));
            } else if (file.equals(ManifestCheck.FILE)) {
                ManifestCheck.check(in, shown(container, file), !container.jar().isEmpty(), this::object);
            } else {
                other(container, file, in.readNBytes(NativeFiles.HEAD));
            }
        } catch (TooMuchException e) {
            throw e;
        } catch (TooManyTypesException e) {
            tooManyTypes(container, file, e);
        } catch (IOException e) {
            object(
                    container,
                    file,
                    true,
                    "DP-0272",
                    "It can't be read (" + e.getMessage() + "): expected "
                            + (file.endsWith(CLASS) ? "a class file" : "a sound entry") + ". Build the jar again.");
        }
    }

    private void tooManyTypes(Container container, String file, TooManyTypesException e) {
        object(
                container,
                file,
                true,
                "DP-0275",
                "What it calls can't be told: " + e.getMessage() + ". Leave it out if nothing needs it.");
    }

    private byte[] read(InputStream in) throws IOException {
        byte[] read = in.readNBytes(limits.classBytes() + 1);
        count(read.length);
        if (read.length > limits.classBytes()) {
            throw new IOException("larger than " + (limits.classBytes() >> 20) + " MiB");
        }
        return read;
    }

    private void looked(Container container, String file, byte[] read) throws IOException {
        ClassFile type = ClassFile.read(read);
        classes++;
        classBytes += read.length;
        if (type.module().isPresent()) {
            Reserved.problem(type.module().get(), jdk)
                    .ifPresent(problem -> object(container, file, true, "DP-0274", "Refused: " + problem));
            return;
        }
        Reserved.problem(type.name(), jdk)
                .ifPresent(problem -> object(container, file, true, "DP-0274", "Refused: " + problem));
        remember(type);
        ClassScan scan = new ClassScan(label(container, file), type, finder, sink);
        scan.declarations();
        scan.calls(this::isOfOthers);
        List<MemberReference> inherited = scan.inherited(this::mayBeInherited);
        if (!inherited.isEmpty()) {
            later.add(new Later(container, file, inherited));
        }
    }

    private void remember(ClassFile type) throws TooMuchException {
        TypeFacts facts = TypeFacts.of(type, names);
        methods += 1 + facts.methods().size();
        if (methods > limits.methods()) {
            throw new TooMuchException("more than " + limits.methods() + " classes and methods");
        }
        own.putIfAbsent(type.name(), facts);
    }

    /** Whether a method is looked for in a type of the JDK's, or in one that the table names: what it is, is clear without the artifact's classes. */
    private boolean isOfOthers(MemberReference method) {
        return jdk.owns(method.owner()) || table.names(method.owner().replace('/', '.'));
    }

    /** Whether a method may be one of the JDK's, inherited through classes that are not all known yet. */
    private boolean mayBeInherited(MemberReference method) {
        return names.contains(method.name()) && !method.owner().startsWith("[") && !isOfOthers(method);
    }

    private void inherited(Later inheriting) throws IOException {
        Set<MemberReference> called = new HashSet<>();
        try {
            for (MemberReference method : inheriting.called()) {
                if (own.containsKey(method.owner())) {
                    finder.ofCall(method).ifPresent(rule -> called.add(method));
                }
            }
        } catch (TooManyTypesException e) {
            tooManyTypes(inheriting.container(), inheriting.file(), e);
        }
        if (!called.isEmpty()) {
            try (InputStream in = inheriting.container().open(inheriting.file())) {
                String label = label(inheriting.container(), inheriting.file());
                new ClassScan(label, ClassFile.read(read(in)), finder, sink).calls(called::contains);
            } catch (DamagedClassException e) {
                throw new IOException("A class changed while it was looked at: " + inheriting.file(), e);
            }
        }
    }

    private void other(Container container, String file, byte[] head) {
        String last = file.substring(file.lastIndexOf('/') + 1);
        if (NativeFiles.isNative(last, head)) {
            sink.nativeLibrary(Findings.safe(last), () -> new Place(container.jar(), Findings.safe(file), "", 0));
            if (!mayBeNative.test(container.jar())) {
                object(
                        container,
                        file,
                        true,
                        "DP-0271",
                        "It is native code, which may do whatever the node's process may, and the manifest does not say so: expected"
                                + (container.jar().isEmpty()
                                        ? " it in a jar of its own in lib/, named under 'nativeLibraries'."
                                        : " its jar under 'nativeLibraries'.")
                                + " Name it there, or leave it out.");
            }
        } else if (last.endsWith(".jar")) {
            object(
                    container,
                    file,
                    false,
                    "DP-0276",
                    "A jar at this place is on no class path, so what is in it was not looked at. Leave it out if nothing needs it.");
        }
    }

    /** The container's name, and for which Java a class is, where the jar has several. */
    private static String label(Container container, String file) {
        Matcher versioned = VERSIONED.matcher(file);
        String version = versioned.matches() ? "for Java " + versioned.group(1) : "";
        return version.isEmpty()
                ? container.jar()
                : container.jar().isEmpty() ? version : container.jar() + " " + version;
    }

    private static String shown(Container container, String file) {
        String safe = Findings.safe(file);
        return container.jar().isEmpty() ? safe : container.jar() + "!/" + safe;
    }

    private void object(Container container, String file, boolean refuses, String code, String message) {
        object(new Objection(refuses, code, shown(container, file), message));
    }

    private void object(Objection objection) {
        if (objections.size() < MOST_TOLD) {
            objections.add(objection);
        }
    }

    @Override
    public void close() throws IOException {
        IOException failed = null;
        for (Container container : containers) {
            try {
                container.close();
            } catch (IOException e) {
                failed = e;
            }
        }
        for (Path file : unpacked) {
            Files.deleteIfExists(file);
        }
        if (failed != null) {
            throw failed;
        }
    }
}
