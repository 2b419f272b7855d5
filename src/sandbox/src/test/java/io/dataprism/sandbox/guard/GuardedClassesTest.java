package io.dataprism.sandbox.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.testjars.CompiledJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Real jars, loaded as a plugin's are, whose code does what was granted and nothing else. */
class GuardedClassesTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Path data;
    private final List<String> granted = new CopyOnWriteArrayList<>();
    private final CallGuard guard = (permission, scope) -> {
        String wanted = scope.isEmpty() ? permission : permission + ":" + scope;
        return granted.stream().anyMatch(grant -> wanted.equals(grant) || wanted.startsWith(grant + ":"));
    };

    @BeforeEach
    void makeData() throws IOException {
        folder = temporary.toRealPath();
        data = Files.writeString(folder.resolve("data.txt"), "kept");
    }

    /** What {@code body} returns, of the argument {@code it}. */
    private static String app(String body) {
        return "package app;\n"
                + "import java.io.*; import java.nio.file.*; import java.util.*; import java.util.function.*;\n"
                + "public class App implements Function<String, Object> {\n"
                + "  public Object apply(String it) {\n"
                + "    try { return go(it); } catch (RuntimeException e) { throw e; }"
                + " catch (Exception e) { throw new IllegalStateException(e); } }\n"
                + "  static Object go(String it) throws Exception {\n" + body + "\n  }\n}";
    }

    private Object run(Object argument, String... sources) throws Exception {
        CompiledJar jar = new CompiledJar();
        for (String source : sources) {
            jar.source(source);
        }
        return run(argument, jar.build(folder.resolve("app.jar")));
    }

    @SuppressWarnings("unchecked")
    private Object run(Object argument, Path jar) throws Exception {
        try (PluginClassLoader loader = PluginClassLoader.builder("app 1.0")
                .classPath(List.of(jar))
                .guard(guard)
                .build()) {
            Object app = loader.loadClass("app.App").getConstructor().newInstance();
            return ((Function<Object, Object>) app).apply(argument.toString());
        }
    }

    private String refused(Object argument, String... sources) {
        return assertThrows(SecurityException.class, () -> run(argument, sources))
                .getMessage();
    }

    @Test
    void aCallThatWasNotGrantedIsNotMadeAndSaysWhereItStands() {
        String told = refused(data, app("Files.delete(Path.of(it)); return null;"));
        assertEquals(
                "java.nio.file.Files.delete was not called at app.App.go (App.java:7): it takes the permission"
                        + " 'file-access:write:" + data + "'.",
                told);
        assertTrue(Files.exists(data));
    }

    /** Of bytes, an address is made with any name; the connection goes where the bytes say. */
    @Test
    void anAddressThatHasTheNameOfAnotherIsNotBelieved() throws Exception {
        try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String connect = "int port = Integer.parseInt(it); try (java.net.Socket made = new java.net.Socket()) {"
                    + " made.connect(new java.net.InetSocketAddress(ADDRESS, port)); return made.isConnected(); }";
            String forged = connect.replace(
                    "ADDRESS", "java.net.InetAddress.getByAddress(\"allowed.example\", new byte[] {127, 0, 0, 1})");
            String honest = connect.replace("ADDRESS", "\"localhost\"");
            int port = open.getLocalPort();
            granted.add("network-access:tcp://allowed.example:" + port);
            granted.add("network-access:dns://localhost");
            granted.add("network-access:tcp://localhost:" + port);
            String told = refused(port, app(forged));
            assertTrue(told.contains("'network-access:tcp://127.0.0.1:" + port + "'"), told);
            assertEquals(true, run(port, app(honest)));
            granted.add("network-access:tcp://127.0.0.1:" + port);
            assertEquals(true, run(port, app(forged)));
        }
    }

    /** What does it for a plugin stands in the node's own classes, where no check does. */
    @Test
    void whatTheNodeOffersAsksToo() throws Exception {
        Path made = folder.resolve("made");
        refused(made, app("io.dataprism.api.PinnedFile.create(Path.of(it)).close(); return null;"));
        assertTrue(Files.notExists(made));
        refused(data, app("return io.dataprism.api.FileAccess.resolved(Path.of(it));"));
        refused("{}", app("return io.vertx.core.json.Json.decodeValue(it, java.util.Timer.class);"));
        refused("{}", app("return new io.vertx.core.json.JsonObject(it).mapTo(java.util.Timer.class);"));
        assertEquals(
                1,
                run(
                        "[1]",
                        app("return ((List<?>) ((io.vertx.core.json.JsonArray)"
                                + " io.vertx.core.json.Json.decodeValue(it)).getList()).get(0);")));
    }

    @Test
    void oneThatWasGrantedIs() throws Exception {
        granted.add("file-access:read:" + data);
        assertEquals("kept", run(data, app("return Files.readString(Path.of(it));")));
        refused(data, app("return Files.writeString(Path.of(it), \"x\");"));
        refused(folder.resolve("other"), app("return Files.readString(Path.of(it));"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // constructors, between what else stands on the stack
                "return 1L + \"x\" + new FileReader(it).read() + 2.0;",
                "return new Scanner(new FileInputStream(new File(it)), \"UTF-8\").nextLine();",
                // references to methods: bound, unbound, of constructors
                "Function<File, Boolean> f = File::delete; return f.apply(new File(it));",
                "Supplier<Boolean> f = new File(it)::delete; return f.get();",
                "interface Opener { Reader open(String name) throws IOException; }"
                        + " Opener o = FileReader::new; return o.open(it).read();",
                "interface Mover { Path move(Path from, Path to, CopyOption... how) throws IOException; }"
                        + " Mover m = Files::move; return m.move(Path.of(it), Path.of(it + 2));",
                "return List.of(new File(it)).stream().map(File::length).toList();",
                // lambdas, and classes inside
                "Supplier<Boolean> f = () -> new File(it).delete(); return f.get();",
                "return new Object() { boolean go() { return new File(it).delete(); } }.go();",
                // a class of the plugin's own that inherits the method
                "class Mine extends File { Mine() { super(it); } } return new Mine().delete();",
                "class Mine extends File { Mine() { super(it); } boolean go() { return super.delete(); } }"
                        + " return new Mine().go();",
                // an interface of its own that the JDK's method answers
                "interface Deletes { boolean delete(); } class Mine extends File implements Deletes {"
                        + " Mine() { super(it); } } Deletes d = new Mine(); return d.delete();",
                "interface Is { boolean isFile(); } class Base extends File { Base() { super(it); } }"
                        + " abstract class Mid extends Base implements Is {} class Mine extends Mid {}"
                        + " return ((Is) new Mine()).isFile();",
                // what the JVM calls by itself
                "class Last { int n; @Override protected void finalize() { n++; } } new Last().finalize(); return 1;",
                // jumps around the call, and a value of two slots that lives across it
                "long kept = it.length(); double more = 0; for (int i = 0; i < 3; i++) { try { if (i == 1) {"
                        + " Files.delete(Path.of(it)); } else { more += kept; } } finally { kept++; } } return more + kept;",
            })
    void everyWayToCallIsChecked(String body) throws Exception {
        refused(data, app(body));
        assertEquals("kept", Files.readString(data));
        granted.addAll(List.of("file-access:read", "file-access:write", "threads"));
        run(data, app(body));
    }

    @Test
    void aFileThatSaysOneThingToTheGuardAndAnotherToTheJdkSaysNothing() {
        granted.add("file-access:read:" + folder + "/granted");
        String told = refused(
                data,
                app(
                        "class Liar extends File { Liar() { super(it); } int n; public String getPath() { return n++ == 0 ? \""
                                + folder
                                + "/granted\" : super.getPath(); } } return new FileReader(new Liar()).read();"));
        assertTrue(told.endsWith("it takes the permission 'file-access:read'."), told);
    }

    @Test
    void whatALinkLeadsToCountsStepByStep() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Path shut = Files.createDirectories(folder.resolve("shut/deep"));
        Files.writeString(shut.resolveSibling("file"), "kept");
        Files.writeString(open.resolve("file"), "open");
        Files.createSymbolicLink(open.resolve("link"), shut);
        granted.add("file-access:read:" + open + "/file");
        String read = app("return Files.readString(Path.of(it));");
        assertEquals("open", run(open + "/./file", read));
        // The way that it reads is open/file; the operating system goes to shut/file.
        assertTrue(refused(open + "/link/../file", read).contains("'file-access:read:" + folder + "/shut/file'"));
        Files.createSymbolicLink(open.resolve("name"), shut.resolveSibling("file"));
        granted.add("file-access:read:" + open + "/name");
        assertTrue(refused(open + "/name", read).contains("'file-access:read:" + folder + "/shut/file'"));
    }

    @Test
    void aLinkIsDeletedOnlyWhereItStands() throws Exception {
        Path target = Files.writeString(folder.resolve("target"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        granted.add("file-access:write:" + target);
        String told = refused(link, app("Files.delete(Path.of(it)); return null;"));
        assertTrue(told.contains("'file-access:write:" + link + "'"), told);
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void whatNoPluginMayDoSaysWhy() {
        assertEquals(
                "java.lang.System.setOut was not called at app.App.go (App.java:7): no plugin may: the node's streams"
                        + " belong to the node.",
                refused(data, app("System.setOut(null); return null;")));
    }

    @Test
    void aListOfThePluginsOwnSaysNothingOfAProgram() throws Exception {
        granted.add("process-start:true");
        String start = " return new ProcessBuilder(command).start().waitFor();";
        assertEquals(0, run(data, app("List<String> command = new ArrayList<>(List.of(\"true\"));" + start)));
        String lie = "List<String> command = new AbstractList<>() { int n; public int size() { return 1; }"
                + " public String get(int i) { return n++ == 0 ? \"true\" : \"id\"; } };";
        assertTrue(refused(data, app(lie + start)).contains("'process-start'"));
    }

    @Test
    void addressesAreReadFromTheirParts() {
        assertTrue(refused(data, app("return new java.net.URL(\"http://example.invalid:81/x\").openStream();"))
                .contains("'network-access:http://example.invalid:81'"));
        assertTrue(refused(data, app("return new java.net.URL(\"file:" + data + "\").openStream();"))
                .contains("'file-access:read:" + data + "'"));
        // The JDK asks another host for its files by FTP, and takes what has no slash from the working folder.
        String open = "return new java.net.URL(it).openStream();";
        granted.add("file-access:read:/data");
        assertTrue(refused("file://other.invalid/data", app(open)).contains("'network-access:ftp://other.invalid'"));
        assertTrue(refused("file:data", app(open)).contains("'file-access:read'"));
        String liar = "return new java.net.URL(null, \"http://granted.invalid/\", new java.net.URLStreamHandler() {"
                + " protected java.net.URLConnection openConnection(java.net.URL u) { return null; }"
                + " protected String toExternalForm(java.net.URL u) { return \"http://other.invalid/\"; } }).openStream();";
        assertFalse(refused(data, app(liar)).contains("other"));
    }

    @Test
    void aClassThatCallsNothingGuardedStaysAsItIs() throws Exception {
        byte[] plain = calling(Opcodes.V1_8, "java/lang/Math", "random", "()D");
        assertSame(plain, new GuardedClasses(type -> Optional.empty(), false).guarded("app.App", plain));
    }

    /** Of Java 1.1, 1.4, 5, 6: what could not link its calls yet. */
    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_1, Opcodes.V1_4, Opcodes.V1_5, Opcodes.V1_6, Opcodes.V1_7, Opcodes.V17})
    void classesOfEveryAgeAreGuarded(int version) throws Exception {
        Path jar = new CompiledJar()
                .file(
                        "app/App.class",
                        calling(
                                version,
                                "java/lang/System",
                                "getProperty",
                                "(Ljava/lang/String;)" + "Ljava/lang/String;"))
                .build(folder.resolve("app.jar"));
        String told = assertThrows(SecurityException.class, () -> run("java.home", jar))
                .getMessage();
        assertTrue(told.contains("'system-properties:read:java.home'"), told);
        granted.add("system-properties:read:java.home");
        assertEquals(System.getProperty("java.home"), run("java.home", jar));
    }

    /** What a library's classes do when they are made ready must not change by the checks, where everything is granted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.fasterxml.jackson.core.JsonFactory",
                "io.netty.util.concurrent.EventExecutor",
                "org.objectweb.asm.ClassReader",
                "org.junit.jupiter.api.Test"
            })
    void guardedLibrariesPassTheJvmsVerifier(String ofLibrary) throws Exception {
        Path jar = Path.of(Class.forName(ofLibrary)
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        PluginClassLoader.Builder plain = PluginClassLoader.builder("plain").classPath(List.of(jar));
        Map<String, String> without = readied(jar, plain);
        assertTrue(without.containsValue(""), "none could be made ready");
        assertEquals(without, readied(jar, plain.guard((permission, scope) -> true)));
    }

    /** By class, what keeps it from being made ready. */
    private static Map<String, String> readied(Path jar, PluginClassLoader.Builder builder) throws Exception {
        Map<String, String> outcomes = new TreeMap<>();
        try (PluginClassLoader loader = builder.build();
                JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.contains("-"))
                    .filter(name -> !name.startsWith("META-INF"))
                    .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                    .forEach(name -> outcomes.put(name, readied(name, loader)));
        }
        return outcomes;
    }

    private static String readied(String name, ClassLoader loader) {
        try {
            Class.forName(name, true, loader);
            return "";
        } catch (ClassNotFoundException | LinkageError missing) {
            return missing.getClass().getName();
        }
    }

    @Test
    void aClassFileThatLinksItselfWithAGuardedMethodIsNotLoaded() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "app/App", null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "go", "()V", null, null);
        code.visitCode();
        code.visitInvokeDynamicInsn(
                "x",
                "()V",
                new Handle(Opcodes.H_INVOKESTATIC, "java/lang/System", "loadLibrary", "(Ljava/lang/String;)V", false));
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        Path jar = new CompiledJar().file("app/App.class", writer.toByteArray()).build(folder.resolve("app.jar"));
        String told =
                assertThrows(ClassNotFoundException.class, () -> run("", jar)).getMessage();
        assertTrue(told.contains("java/lang/System.loadLibrary"), told);
    }

    /** A plugin's class, without a compiler, whose apply passes its argument on where the method takes one. */
    private static byte[] calling(int version, String owner, String name, String descriptor) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, "app/App", null, "java/lang/Object", new String[] {
                    "java/util/function/Function"
                });
        MethodVisitor made = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        made.visitCode();
        made.visitVarInsn(Opcodes.ALOAD, 0);
        made.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        made.visitInsn(Opcodes.RETURN);
        made.visitMaxs(0, 0);
        made.visitEnd();
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC, "apply", "(Ljava/lang/Object;)Ljava/lang/Object;", null, null);
        code.visitCode();
        if (descriptor.startsWith("(L")) {
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/String");
        }
        code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
        if (descriptor.endsWith("D")) {
            code.visitInsn(Opcodes.POP2);
            code.visitInsn(Opcodes.ACONST_NULL);
        }
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** As many interfaces as that, which stand in the way to the JDK's class that the method is from. */
    private static String[] behindInterfaces(int count) {
        List<String> sources = new ArrayList<>();
        sources.add(app("return new Odd(it).delete();"));
        sources.add("package app; class Even extends java.io.File { Even(String it) { super(it); } }");
        List<String> names = IntStream.range(0, count).mapToObj(i -> "I" + i).toList();
        sources.add("package app; class Odd extends Even implements " + String.join(", ", names)
                + " { Odd(String it) { super(it); } }\n"
                + names.stream().map(name -> "interface " + name + " {}\n").collect(Collectors.joining()));
        return sources.toArray(String[]::new);
    }

    @Test
    void hundredsOfInterfacesHideNothing() {
        assertThrows(SecurityException.class, () -> run(data, behindInterfaces(300)));
        assertTrue(Files.exists(data));
    }

    @Test
    void whatHasTooManySupertypesToLookAtIsNotLoaded() {
        ClassNotFoundException refused =
                assertThrows(ClassNotFoundException.class, () -> run(data, behindInterfaces(2_001)));
        assertTrue(refused.toString().contains("app.App cannot be guarded"), refused.toString());
        assertTrue(Files.exists(data));
    }

    @Test
    void filesInItsOwnJarAreReadAndThoseOfTheHostAreNot() throws Exception {
        assertEquals(true, run(data, app("return App.class.getResource(\"App.class\") != null;")));
        assertEquals(
                true,
                run(data, app("return App.class.getClassLoader().getResourceAsStream(\"app/App.class\") != null;")));
        assertEquals(true, run(data, app("return Object.class.getResource(\"Object.class\") != null;")));
        // Of the thread that runs the test
        String body = "return Thread.currentThread().getContextClassLoader().getResource(\"app/App.class\");";
        SecurityException refused = assertThrows(SecurityException.class, () -> run(data, app(body)));
        assertTrue(refused.getMessage().contains("not the plugin's"), refused.getMessage());
    }

    @Test
    void theStandardStreamsAreTheNodesToClose() throws Exception {
        PrintStream before = System.out;
        var said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said));
        try {
            assertEquals(
                    -1, run(data, app("System.out.println(\"heard\"); System.out.close(); return System.in.read();")));
            System.out.println("still");
        } finally {
            System.setOut(before);
        }
        assertEquals(
                List.of("heard", "still"),
                said.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
