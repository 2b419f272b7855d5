package io.dataprism.sandbox.census;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.testjars.CompiledJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against sizes that follow from how the JVM lays out objects with references of four bytes: 16 for an array's beginning, all rounded up to eight. */
final class CensusTest {
    private static final HeldTypes NONE = type -> false;
    private static final int MB = 1 << 20;
    /** Far less than what the JDK holds. */
    private static final int LITTLE = 100_000;

    @TempDir
    Path folder;

    private final List<PluginClassLoader> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (PluginClassLoader loader : open) {
            loader.close();
        }
    }

    private PluginClassLoader loader(Path jar, PluginClassLoader... uses) throws Exception {
        PluginClassLoader.Builder builder = PluginClassLoader.builder("p").classPath(List.of(jar));
        for (PluginClassLoader used : uses) {
            builder.importing(used, Set.of("lib"));
        }
        PluginClassLoader made = builder.build();
        open.add(made);
        return made;
    }

    /** An object of the class {@code app.Main}, which is a {@code Supplier} whose {@code get} is called. */
    private Subject subject(String... bodies) throws Exception {
        CompiledJar jar = new CompiledJar();
        for (String body : bodies) {
            jar.source("package app; import java.util.*; import java.util.function.*; " + body);
        }
        return subject(loader(jar.build(folder.resolve("app.jar"))));
    }

    private static Subject subject(PluginClassLoader loader) throws Exception {
        Object main = loader.loadClass("app.Main").getDeclaredConstructor().newInstance();
        ((Supplier<?>) main).get();
        return new Subject("app", loader, List.of(main));
    }

    private static String main(String fields, String get) {
        return "public class Main implements Supplier<Object> { " + fields + " public Object get() { " + get
                + " return null; } }";
    }

    private static Retained count(Subject subject) {
        return count(NONE, List.of(subject)).get(subject.name());
    }

    private static Map<String, Retained> count(HeldTypes held, List<Subject> subjects) {
        return new Census(held, () -> true).take(subjects);
    }

    private static void assertAbout(long expected, Retained found) {
        assertTrue(found.isWhole(), found::toString);
        assertTrue(Math.abs(found.bytes() - expected) <= 0.15 * expected, () -> found + ", expected " + expected);
    }

    @Test
    void arraysInAStaticField() throws Exception {
        assertAbout(
                4L * MB + 80_000,
                count(subject(main("static byte[] bytes = new byte[4 << 20]; int[] ints = new int[20_000];", ""))));
    }

    @Test
    void strings() throws Exception {
        // A list's slot, a string, its array of 50.
        assertAbout(
                20_000L * (4 + 24 + 72),
                count(subject(main(
                        "List<String> all = new ArrayList<>(20_000);",
                        "for (int i = 0; i < 20_000; i++) all.add(String.format(\"%050d\", i));"))));
    }

    @Test
    void mapsOfRecords() throws Exception {
        // A map's slot and a half, its node, the key, the record, the record's array of 4.
        assertAbout(
                10_000L * (6 + 32 + 16 + 24 + 32),
                count(subject(
                        "record Point(int x, long y, int[] z) {}",
                        main(
                                "Map<Integer, Point> all = new HashMap<>();",
                                "for (int i = 0; i < 10_000; i++) all.put(i + 1000, new Point(i, i, new int[4]));"))));
    }

    @Test
    void whatALambdaCaptured() throws Exception {
        assertAbout(
                MB,
                count(subject(
                        main("static Runnable held;", "byte[] big = new byte[1 << 20]; held = () -> big[0]++;"))));
    }

    @Test
    void aLongChainNeedsNoStack() throws Exception {
        assertAbout(
                24L * 300_000,
                count(subject(
                        "class Link { Link next; int n; Link(Link next) { this.next = next; } }",
                        main("Link first;", "for (int i = 0; i < 300_000; i++) first = new Link(first);"))));
    }

    @Test
    void whatOthersThreadsKeepForItsThreadLocals() throws Exception {
        Subject subject =
                subject(main("static ThreadLocal<byte[]> mine = new ThreadLocal<>();", "mine.set(new byte[1 << 20]);"));
        assertAbout(MB, count(subject));
        ((ThreadLocal<?>) field(subject, "mine")).remove();
    }

    private static Object field(Subject subject, String name) throws Exception {
        var field = subject.loader().loadClass("app.Main").getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }

    @Test
    void itsThreadsAndWhatTheyKeep() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Subject subject = subject(
                "class Worker extends Thread { byte[] kept = new byte[1 << 20];"
                        + " public int hashCode() { Main.called = true; return 1; }"
                        + " public ClassLoader getContextClassLoader() { Main.called = true; return null; }"
                        + " public void run() { synchronized (Main.class) { try { Main.class.wait(); } catch (InterruptedException e) { } } } }",
                main("static boolean called; static Thread worker;", "worker = new Worker(); worker.start();"));
        try {
            Main.settle((Thread) field(subject, "worker"));
            assertEquals(Map.of("app", 1), Census.threads(List.of(subject)));
            assertAbout(MB, count(subject));
            assertEquals(false, field(subject, "called"));
        } finally {
            ((Thread) field(subject, "worker")).interrupt();
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static final class Main {
        static void settle(Thread thread) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void whatTheJdkHoldsItselfIsNobodys() throws Exception {
        System.getProperties().put("census.test", new byte[MB]);
        Retained found = count(subject(main(
                "Object[] shared = {Locale.getAvailableLocales(), java.util.concurrent.ForkJoinPool.commonPool(),"
                        + " java.nio.charset.StandardCharsets.UTF_8, TimeZone.getDefault(), Thread.currentThread(),"
                        + " ClassLoader.getSystemClassLoader(), java.security.Security.getProviders(), String.class,"
                        + " java.nio.file.Path.of(\"x\"), Runtime.class.getModule()};",
                "java.util.concurrent.ForkJoinPool.commonPool().submit(() -> 1).join();")));
        System.getProperties().remove("census.test");
        assertTrue(found.isWhole(), found::toString);
        assertTrue(found.bytes() < LITTLE, found::toString);
    }

    @Test
    void objectsOfTheNodeStopItUnlessTheyAreThePluginsAlone() throws Exception {
        Subject bare = subject(main("", ""));
        HeldByNode node = new HeldByNode(new byte[MB], new HeldByNode(new byte[2 * MB], null));
        Subject subject = new Subject("app", bare.loader(), List.of(bare.roots().get(0), node));
        assertAbout(MB, count(subject));
        assertAbout(
                3L * MB,
                count(CensusTest.class.getName()::equals, List.of(subject)).get("app"));
    }

    private record HeldByNode(byte[] bytes, HeldByNode next) {}

    @Test
    void whatAPluginAndOneThatItUsesBothReachIsTheLatters() throws Exception {
        Path library = new CompiledJar()
                .source(
                        "package lib; public class Kept { public static byte[] both = new byte[1 << 20]; public Object more; }")
                .build(folder.resolve("lib.jar"));
        PluginClassLoader used = loader(library);
        used.loadClass("lib.Kept").getDeclaredConstructor().newInstance();
        Path user = new CompiledJar()
                .source("package app; import java.util.function.*; import lib.Kept; "
                        + main("Object shared = Kept.both; Kept mine = new Kept();", "mine.more = new byte[2 << 20];"))
                .against(library)
                .build(folder.resolve("user.jar"));
        Subject subject = subject(loader(user, used));
        Map<String, Retained> found = count(NONE, List.of(subject, new Subject("lib", used, List.of())));
        assertAbout(MB, found.get("lib"));
        assertAbout(2L * MB, found.get("app"));
    }

    @Test
    void anotherPluginsObjectsStopIt() throws Exception {
        Subject other = subject(main("byte[] big = new byte[1 << 20];", ""));
        PluginClassLoader own = loader(new CompiledJar()
                .source("package app; import java.util.function.*; "
                        + main("public static Object leaked; byte[] mine = new byte[2 << 20];", ""))
                .build(folder.resolve("own.jar")));
        Subject subject = subject(own);
        own.loadClass("app.Main")
                .getDeclaredField("leaked")
                .set(null, other.roots().get(0));
        assertAbout(2L * MB, count(subject));
    }

    @Test
    void weakReferencesKeepNothingAndSoftOnesDo() throws Exception {
        assertAbout(
                MB,
                count(subject(main(
                        "Object soft = new java.lang.ref.SoftReference<>(new byte[1 << 20]);"
                                + " Object weak = new java.lang.ref.WeakReference<>(new byte[4 << 20]);"
                                + " Map<Object, String> byWeakKey = new WeakHashMap<>();",
                        "byWeakKey.put(new byte[4 << 20], \"x\");"))));
    }

    @Test
    void noMethodIsCalledAndNoClassInitialized() throws Exception {
        System.clearProperty("census.test");
        Retained found = count(subject(
                "class Never { static byte[] bytes = make(); static byte[] make() { System.setProperty(\"census.test\", \"initialized\"); return new byte[1 << 20]; } }",
                "class Liar implements CharSequence { byte[] big = new byte[1 << 20];"
                        + " static int lie() { System.setProperty(\"census.test\", \"called\"); throw new Error(); }"
                        + " public int hashCode() { return lie(); } public boolean equals(Object o) { return lie() > 0; }"
                        + " public String toString() { return \"\" + lie(); } public int length() { return lie(); }"
                        + " public char charAt(int i) { return (char) lie(); } public CharSequence subSequence(int a, int b) { lie(); return null; } }",
                main("Object[] held = {new Liar(), Never.class};", "")));
        assertNull(System.getProperty("census.test"));
        assertAbout(MB, found);
    }

    @Test
    void aLoaderOfItsOwnIsNotAskedAndNamedAsUnread() throws Exception {
        Subject subject = subject(
                "public class Far { public Gone gone; byte[] big = new byte[1 << 20]; }",
                "public class Gone { }",
                "class Own extends ClassLoader { static int asked; Own() { super(Main.class.getClassLoader()); }"
                        + " public int hashCode() { asked += 1000; return 1; }"
                        + " protected Class<?> loadClass(String name, boolean now) throws ClassNotFoundException {"
                        + " asked++; if (!name.equals(\"app.Far\")) return super.loadClass(name, now);"
                        + " try (var in = Main.class.getResourceAsStream(\"Far.class\")) { byte[] b = in.readAllBytes();"
                        + " return defineClass(name, b, 0, b.length); } catch (java.io.IOException e) { throw new Error(e); } } }",
                main(
                        "static Object far; static int asked() { return Own.asked; }",
                        "try { far = new Own().loadClass(\"app.Far\").getDeclaredConstructor().newInstance(); }"
                                + " catch (ReflectiveOperationException e) { throw new Error(e); }"));
        var asked = subject.loader().loadClass("app.Main").getDeclaredMethod("asked");
        asked.setAccessible(true);
        Object before = asked.invoke(null);
        Retained found = count(subject);
        assertEquals(before, asked.invoke(null));
        assertEquals(List.of("app.Far"), found.unread());
        assertFalse(found.isWhole());
    }

    @Test
    void aFieldWhoseTypeIsMissingMakesItsClassUnread() throws Exception {
        Path whole = new CompiledJar()
                .source("package app; public class Gone {}")
                .source("package app; import java.util.function.*; "
                        + main("Gone gone; byte[] big = new byte[1 << 20];", ""))
                .build(folder.resolve("whole.jar"));
        Path part = folder.resolve("part");
        try (var jar = java.nio.file.FileSystems.newFileSystem(whole)) {
            Files.createDirectories(part.resolve("app"));
            Files.copy(jar.getPath("app/Main.class"), part.resolve("app/Main.class"));
        }
        Retained found = count(subject(loader(part)));
        assertEquals(List.of("app.Main"), found.unread());
    }

    @Test
    void whatOnesClassesBringAboutCostsItsCountAlone() throws Exception {
        Path both = new CompiledJar()
                .source("package shut; public class Seen {}")
                .source("package shut; public class Gone {}")
                .source("package app; import java.util.function.*; "
                        + main("static shut.Seen seen = new shut.Seen(); shut.Gone gone;", ""))
                .build(folder.resolve("both.jar"));
        Path closed = folder.resolve("closed");
        Path other = folder.resolve("other");
        try (var jar = java.nio.file.FileSystems.newFileSystem(both)) {
            for (Path to : List.of(closed.resolve("shut"), other.resolve("shut"), other.resolve("app"))) {
                Files.createDirectories(to);
            }
            Files.copy(jar.getPath("shut/Seen.class"), closed.resolve("shut/Seen.class"));
            Files.copy(jar.getPath("shut/Gone.class"), other.resolve("shut/Gone.class"));
            Files.copy(jar.getPath("app/Main.class"), other.resolve("app/Main.class"));
        }
        Path manifest = Files.createDirectories(closed.resolve("META-INF")).resolve("MANIFEST.MF");
        Files.writeString(manifest, "Manifest-Version: 1.0\nSealed: true\n\n");
        PluginClassLoader torn = PluginClassLoader.builder("torn")
                .classPath(List.of(jarOf(closed), jarOf(other)))
                .build();
        open.add(torn);
        Object main = torn.loadClass("app.Main").getDeclaredConstructor().newInstance();
        Subject innocent = subject(main("byte[] big = new byte[1 << 20];", ""));
        Map<String, Retained> found = count(NONE, List.of(new Subject("torn", torn, List.of(main)), innocent));
        assertEquals(List.of("app.Main"), found.get("torn").unread());
        assertAbout(MB, found.get("app"));
    }

    private static Path jarOf(Path classes) throws Exception {
        Path jar = classes.resolveSibling(classes.getFileName() + ".jar");
        try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(jar));
                var all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new java.util.zip.ZipEntry(
                        classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    @Test
    void whatAMethodHandleABundleAndAThreadThatNeverBeganKeep() throws Exception {
        assertAbout(
                3L * MB,
                count(subject(main(
                        "Object handle, bundle; Thread never;",
                        "handle = java.lang.invoke.MethodHandles.constant(Object.class, new byte[1 << 20]);"
                                + " try { bundle = new PropertyResourceBundle(new java.io.StringReader("
                                + "\"a=\" + \"x\".repeat(1 << 20))); } catch (java.io.IOException e) { throw new Error(e); }"
                                + " byte[] big = new byte[1 << 20]; never = new Thread(() -> big[0]++);"
                                + " never.setContextClassLoader(Main.class.getClassLoader());"))));
    }

    @Test
    void noThreadGroupIsAskedNorWaitedFor() throws Exception {
        Subject subject = subject(
                "class Group extends ThreadGroup { static boolean asked; Group() { super(\"mine\"); }"
                        + " public int activeCount() { asked = true; return -1; } }",
                main(
                        "static Object group; static boolean asked() { return Group.asked; } byte[] big = new byte[1 << 20];",
                        "group = new Group();"));
        var asked = subject.loader().loadClass("app.Main").getDeclaredMethod("asked");
        asked.setAccessible(true);
        ExecutorService counting = Executors.newSingleThreadExecutor();
        try {
            synchronized (field(subject, "group")) {
                assertAbout(MB, counting.submit(() -> count(subject)).get(30, java.util.concurrent.TimeUnit.SECONDS));
            }
        } finally {
            counting.shutdownNow();
        }
        assertEquals(false, asked.invoke(null));
    }

    @Test
    void aLoaderOfTheJdksThatItMadeIsNotAskedEither() throws Exception {
        Path whole = new CompiledJar()
                .source("package app; public class Gone {}")
                .source("package app; public class Far { public Gone gone; }")
                .source("package app; import java.util.function.*; "
                        + main(
                                "static Object far; public static int asked;",
                                "try { java.net.URLStreamHandler handler = new Handler();"
                                        + " far = new java.net.URLClassLoader(new java.net.URL[] {new java.net.URL(\"own\", \"\", -1, \"/\", handler)},"
                                        + " Main.class.getClassLoader()).loadClass(\"app.Far\").getDeclaredConstructor().newInstance();"
                                        + " } catch (java.io.IOException | ReflectiveOperationException e) { throw new Error(e); }")
                        + " class Handler extends java.net.URLStreamHandler { protected java.net.URLConnection openConnection(java.net.URL url) {"
                        + " Main.asked++; return new Bytes(url); } }"
                        + " class Bytes extends java.net.URLConnection { Bytes(java.net.URL url) { super(url); } public void connect() {}"
                        + " public java.io.InputStream getInputStream() throws java.io.IOException {"
                        + " if (!url.getPath().equals(\"/app/Far.class\")) throw new java.io.FileNotFoundException();"
                        + " return Main.class.getResourceAsStream(\"/far.bin\"); } }")
                .build(folder.resolve("whole.jar"));
        Path part = folder.resolve("part");
        Files.createDirectories(part.resolve("app"));
        try (var jar = java.nio.file.FileSystems.newFileSystem(whole)) {
            for (String name : List.of("Main", "Handler", "Bytes")) {
                Files.copy(
                        jar.getPath("app", name + ".class"), part.resolve("app").resolve(name + ".class"));
            }
            Files.copy(jar.getPath("app/Far.class"), part.resolve("far.bin"));
        }
        Subject subject = subject(loader(part));
        Object before = field(subject, "asked");
        assertTrue((int) before > 0, "its class came from there");
        Retained found = count(subject);
        assertEquals(before, field(subject, "asked"));
        assertEquals(List.of("app.Far"), found.unread());
    }

    @Test
    void endsWhenNobodyWantsToKnowAnyMore() throws Exception {
        Subject subject = subject(main(
                "List<Object> all = new ArrayList<>();", "for (int i = 0; i < 100_000; i++) all.add(new int[1]);"));
        Retained found = new Census(NONE, () -> false).take(List.of(subject)).get("app");
        assertEquals("counting was ended", found.cut().orElseThrow());
        assertTrue(found.objects() < 100_000, found::toString);
    }

    @Test
    void goesOnWhileItsObjectsChange() throws Exception {
        Subject subject = subject(main(
                "final Map<Integer, Object> all = new HashMap<>(); int turn;",
                "turn++; for (int i = 0; i < 50_000; i++) all.put((i * 31) % 20_011, new long[16 + turn % 3]);"));
        Supplier<?> main = (Supplier<?>) subject.roots().get(0);
        ExecutorService changing = Executors.newSingleThreadExecutor();
        try {
            var done = changing.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    main.get();
                }
            });
            do {
                Retained found = count(subject);
                assertTrue(found.isWhole() && found.bytes() > 2 * MB && found.bytes() < 20L * MB, found::toString);
            } while (!done.isDone());
            done.get();
        } finally {
            changing.shutdownNow();
        }
    }
}
