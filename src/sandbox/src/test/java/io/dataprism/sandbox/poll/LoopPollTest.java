package io.dataprism.sandbox.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.testjars.CompiledJar;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Real jars, loaded as a plugin's are, whose code would go on for ever. */
class LoopPollTest {
    /** So much of its thread's CPU time that its loops are compiled by then. */
    private static final long BUSY_NANOS = 40_000_000;

    private static final List<String> ENDLESS = List.of(
            "while (true) { try { x++; } catch (Throwable t) {} }",
            "while (true) { try { x++; } finally { continue; } }",
            "for (;;) { try { for (;;) { try { x++; } catch (Throwable t) { x--; } finally { x += 2; } } }"
                    + " catch (Throwable t) { continue; } finally { x++; } }",
            "do { switch ((int) (x++ & 3)) { case 0: continue; case 1: x += 2; default: } } while (true);",
            "long[] all = new long[1000]; while (true) { for (int i = 0; i < 1000; i++) { all[i] += i; } x = all[7]; }",
            // calls instead of loops
            "spin();",
            "again();",
            "tree(0);",
            // the JDK's loops, with the plugin's code inside
            "Stream.generate(() -> \"x\").forEach(each -> {});",
            "IntStream.iterate(0, i -> i + 1).allMatch(i -> true);",
            "Stream.generate(Object::new).map(each -> this).forEach(each -> {});",
            "new ArrayList<>(List.of(1, 2)).sort((a, b) -> { while (true) { try { x++; } catch (Throwable t) {} } });",
            // where code stands that is no method's
            "class Init { static { long n = 0; while (n >= 0) { n = (n + 1) & 7; } } } new Init();",
            "class Made { Made() { while (true) { try { x++; } catch (Throwable t) {} } } } new Made();",
            // the JDK's regular expressions
            "java.util.regex.Pattern.compile(\"(a+)+\\\\1b\").matcher(\"a\".repeat(60)).matches();",
            "java.util.regex.Pattern.compile(\"b\").matcher(\"x\").usePattern(java.util.regex.Pattern.compile(\"(a+)+\\\\1b\"))"
                    + ".reset(new StringBuilder(\"a\".repeat(60))).find();",
            "java.util.regex.Pattern.matches(\"(a+)+\\\\1b\", \"a\".repeat(60));",
            "\"a\".repeat(60).matches(\"(a+)+\\\\1b\");",
            "\"a\".repeat(60).replaceAll(\"(a+)+\\\\1b\", \"\");",
            "\"a\".repeat(60).replaceFirst(\"(a+)+\\\\1b\", \"\");",
            "\"a\".repeat(60).split(\"(a+)+\\\\1b\");",
            "java.util.regex.Pattern.compile(\"(a+)+\\\\1b\").split(\"a\".repeat(60), 3);",
            "Stream.of(\"a\".repeat(60)).anyMatch(java.util.regex.Pattern.compile(\"(a+)+\\\\1b\").asPredicate());",
            "Stream.of(\"(a+)+\\\\1b\").anyMatch(\"a\".repeat(60)::matches);",
            "Runnable r = () -> { while (true) { try { x++; } catch (Throwable t) {} } }; r.run();");

    @TempDir
    Path folder;

    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<Throwable> end = new AtomicReference<>();

    private PluginClassLoader loader(CompiledJar jar) throws Exception {
        return PluginClassLoader.builder("app 1.0")
                .classPath(List.of(jar.build(folder.resolve("app.jar"))))
                .guard((permission, scope) -> true)
                .build();
    }

    private static String source(String name, String body) {
        return "package app; import java.util.*; import java.util.stream.*; import java.util.concurrent.locks.*;\n"
                + "public class " + name + " implements java.util.function.Consumer<Object> {\n"
                + "  static long x; int y;\n"
                + "  public void accept(Object it) { ReentrantLock lock = (ReentrantLock) it; go(lock); }\n"
                + "  static void spin() { try { spin(); } finally { spin(); } }\n"
                + "  static void again() { try { while (true) { x++; } } catch (Throwable t) { again(); } }\n"
                + "  static int tree(int n) { int sum = 0; for (int i = 0; i < 3; i++) {"
                + " try { sum += tree(n + 1); } catch (Throwable t) { sum++; } } return sum; }\n"
                + "  void go(ReentrantLock lock) {\n" + body + "\n  }\n}";
    }

    private Thread running(PluginClassLoader loader) throws Exception {
        Thread thread = started(loader, "app.App");
        awaitBusy(thread);
        return thread;
    }

    private Thread started(PluginClassLoader loader, String type) throws Exception {
        Consumer<Object> app = app(loader, type);
        Thread thread = new Thread(() -> {
            try {
                app.accept(lock);
            } catch (Throwable e) {
                end.set(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitBusy(Thread thread) throws InterruptedException {
        while (thread.isAlive() && ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()) < BUSY_NANOS) {
            thread.join(1);
        }
    }

    @Test
    void whatGoesOnForEverEndsOnceItIsCondemned() throws Exception {
        CompiledJar jar = new CompiledJar();
        for (int i = 0; i < ENDLESS.size(); i++) {
            jar.source(source("App" + i, ENDLESS.get(i)));
        }
        try (PluginClassLoader loader = loader(jar)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < ENDLESS.size(); i++) {
                threads.add(started(loader, "app.App" + i));
            }
            List<String> ended = new ArrayList<>();
            for (int i = 0; i < ENDLESS.size(); i++) {
                awaitBusy(threads.get(i));
                if (!threads.get(i).isAlive()) {
                    ended.add(ENDLESS.get(i));
                }
            }
            assertTrue(loader.condemn());
            assertEquals(List.of(), ended, "ended by themselves");
            for (int i = 0; i < ENDLESS.size(); i++) {
                threads.get(i).join(TimeUnit.SECONDS.toMillis(20));
                assertFalse(threads.get(i).isAlive(), "still runs: " + ENDLESS.get(i));
            }
        }
    }

    /** What is unlocked on the way out may be waited for by others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lock.lock(); try { while (true) { try { x++; } catch (Throwable t) {} } } finally { lock.unlock(); }",
                "synchronized (lock) { while (true) { try { x++; } catch (Throwable t) {} } }",
                "synchronized (lock) { synchronized (this) { for (;;) { x++; } } }"
            })
    void itLetsGoOfLocksOnTheWayOut(String body) throws Exception {
        try (PluginClassLoader loader = loader(new CompiledJar().source(source("App", body)))) {
            Thread thread = running(loader);
            assertTrue(loader.condemn());
            thread.join(TimeUnit.SECONDS.toMillis(20));
            assertFalse(thread.isAlive(), "still runs");
            assertInstanceOf(CondemnedError.class, end.get());
            assertTrue(lock.tryLock());
            Thread other = new Thread(() -> {
                synchronized (lock) {
                    end.set(null);
                }
            });
            other.start();
            other.join(TimeUnit.SECONDS.toMillis(20));
            assertFalse(other.isAlive(), "the monitor is held");
        }
    }

    @Test
    void whatIsCalledAfterwardsThrowsAtOnceAndOthersRunOn() throws Exception {
        String body = "x++;";
        try (PluginClassLoader loader = loader(new CompiledJar().source(source("App", body)));
                PluginClassLoader another = loader(new CompiledJar().source(source("App", body)))) {
            Consumer<Object> app = app(loader, "app.App");
            Consumer<Object> other = app(another, "app.App");
            app.accept(lock);
            loader.condemn();
            loader.condemn();
            CondemnedError error = assertThrows(CondemnedError.class, () -> app.accept(lock));
            assertTrue(String.valueOf(error.getMessage()).contains("'app 1.0'"), error.getMessage());
            assertTrue(loader.isCondemned());
            assertFalse(another.isCondemned());
            other.accept(lock);
        }
    }

    @SuppressWarnings("unchecked")
    private static Consumer<Object> app(PluginClassLoader loader, String type) throws Exception {
        return (Consumer<Object>) loader.loadClass(type).getConstructor().newInstance();
    }

    @Test
    void withoutAGuardNothingPolls() throws Exception {
        Path jar = new CompiledJar().source("package app; public class App {}").build(folder.resolve("plain.jar"));
        try (PluginClassLoader loader =
                PluginClassLoader.builder("plain").classPath(List.of(jar)).build()) {
            assertFalse(loader.condemn());
            assertFalse(loader.isCondemned());
        }
    }

    /** A handler that is its own handler: made by hand, it swallows whatever is thrown, without a jump. */
    @Test
    void codeThatNoCompilerMakesIsPutToSleep() throws Exception {
        try (PluginClassLoader loader = loader(new CompiledJar().file("app/App.class", itsOwnHandler()))) {
            Thread thread = running(loader);
            loader.condemn();
            thread.interrupt();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (thread.getState() != Thread.State.WAITING && System.nanoTime() < until) {
                thread.join(1);
            }
            assertEquals(Thread.State.WAITING, thread.getState());
        }
    }

    /** As the JVM does that runs finalizers, and as others do who use what the plugin exports. */
    @Test
    void whoOnlyCallsItGetsTheErrorHoweverOften() throws Exception {
        try (PluginClassLoader loader = loader(new CompiledJar().source(source("App", "x++;")))) {
            Consumer<Object> app = app(loader, "app.App");
            loader.condemn();
            int calls = LoopPoll.MOST_CAUGHT * 2;
            AtomicInteger refused = new AtomicInteger();
            Thread caller = new Thread(() -> {
                for (int i = 0; i < calls; i++) {
                    try {
                        app.accept(lock);
                    } catch (CondemnedError e) {
                        refused.incrementAndGet();
                    }
                }
            });
            caller.setDaemon(true);
            caller.start();
            caller.join(TimeUnit.SECONDS.toMillis(20));
            assertEquals(calls, refused.get());
        }
    }

    private static byte[] itsOwnHandler() {
        ClassWriter writer = writer(Opcodes.V1_5);
        MethodVisitor code = accept(writer);
        Label start = new Label();
        Label after = new Label();
        code.visitTryCatchBlock(start, after, start, null);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitLabel(start);
        code.visitInsn(Opcodes.POP);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ATHROW);
        code.visitLabel(after);
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Of Java 1.1, 1.4, 5, 6, 7: with subroutines as long as there were any. */
    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_1, Opcodes.V1_4, Opcodes.V1_5, Opcodes.V1_6, Opcodes.V1_7})
    void classesOfEveryAgePoll(int version) throws Exception {
        ClassWriter writer = writer(version);
        MethodVisitor code = accept(writer);
        Label start = new Label();
        code.visitLabel(start);
        if (version == Opcodes.V1_7) {
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        }
        boolean subroutines = (version & 0xFFFF) < Opcodes.V1_6;
        Label subroutine = new Label();
        if (subroutines) {
            code.visitJumpInsn(Opcodes.JSR, subroutine);
        }
        code.visitJumpInsn(Opcodes.GOTO, start);
        if (subroutines) {
            code.visitLabel(subroutine);
            code.visitVarInsn(Opcodes.ASTORE, 2);
            code.visitVarInsn(Opcodes.RET, 2);
        }
        code.visitMaxs(2, 3);
        code.visitEnd();
        writer.visitEnd();
        try (PluginClassLoader loader = loader(new CompiledJar().file("app/App.class", writer.toByteArray()))) {
            Thread thread = running(loader);
            assertTrue(thread.isAlive(), () -> "ended by itself: " + end.get());
            loader.condemn();
            thread.join(TimeUnit.SECONDS.toMillis(20));
            assertFalse(thread.isAlive(), "still runs");
            assertInstanceOf(CondemnedError.class, end.get());
        }
    }

    /** The same answers as the JDK's, where a regular expression ends. */
    @Test
    void textsThatPollMatchAsTheyDid() throws Exception {
        String source = "package app; import java.util.*; import java.util.regex.*; import java.util.stream.*;\n"
                + "public class App implements java.util.function.Supplier<Object> { public Object get() {\n"
                + "  String text = \"a1,b22;;c|\"; List<Object> all = new ArrayList<>();\n"
                + "  Matcher m = Pattern.compile(\"([a-z])([0-9]*)\").matcher(text);\n"
                + "  while (m.find()) { all.add(m.group(1) + m.start(2) + m.toMatchResult().group()); }\n"
                + "  all.add(m.reset(new StringBuilder(\"z9\")).replaceAll(\"<$1>\")); all.add(m.hitEnd());\n"
                + "  all.add(text.matches(\"[^x]*\")); all.add(text.replaceAll(\"[0-9]\", \"#\"));\n"
                + "  all.add(text.replaceFirst(\"(.)1\", \"$1!\"));\n"
                + "  for (String by : List.of(\",\", \"[;,]\", \"\\\\|\", \"\", \"|\")) {\n"
                + "    all.add(List.of(text.split(by))); all.add(List.of(text.split(by, -1)));\n"
                + "    all.add(List.of(Pattern.compile(by).split(text, 2))); all.add(List.of(Pattern.compile(by).split(text)));\n"
                + "    all.add(Pattern.compile(by).splitAsStream(text).toList()); }\n"
                + "  all.add(Stream.of(\"a\", \"b1\", \"1\").filter(Pattern.compile(\"[a-z]\").asPredicate()).toList());\n"
                + "  all.add(Stream.of(\"a\", \"b1\").filter(Pattern.compile(\"[a-z]\").asMatchPredicate()).toList());\n"
                + "  all.add(Stream.of(\"a\", \"b1\").map(Pattern.compile(\"[a-z]\")::matcher).map(Matcher::matches).toList());\n"
                + "  for (Runnable bad : List.<Runnable>of(() -> Pattern.compile(\"a\").matcher(null), () -> text.matches(null),"
                + " () -> text.split(\"(\"))) {\n"
                + "    try { bad.run(); } catch (RuntimeException e) { all.add(e.getClass().getName()); } }\n"
                + "  return all.toString(); } }";
        Path jar = new CompiledJar().source(source).build(folder.resolve("regex.jar"));
        PluginClassLoader.Builder builder = PluginClassLoader.builder("app 1.0").classPath(List.of(jar));
        Object plain = answered(builder);
        assertEquals(plain, answered(builder.guard((permission, scope) -> true)));
        assertTrue(plain.toString().contains("PatternSyntaxException"), plain::toString);
    }

    private static Object answered(PluginClassLoader.Builder builder) throws Exception {
        try (PluginClassLoader loader = builder.build()) {
            return ((Supplier<?>) loader.loadClass("app.App").getConstructor().newInstance()).get();
        }
    }

    /** One method as large as can be: it has the polls that there is room for. */
    @Test
    void aMethodThatIsFullPollsInItsLoops() throws Exception {
        ClassWriter writer = writer(Opcodes.V1_5);
        MethodVisitor code = accept(writer);
        Label start = new Label();
        code.visitLabel(start);
        for (int i = 0; i < 65_528; i++) {
            code.visitInsn(Opcodes.NOP);
        }
        code.visitJumpInsn(200, start);
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        try (PluginClassLoader loader = loader(new CompiledJar().file("app/App.class", writer.toByteArray()))) {
            assertEquals("app.App", loader.loadClass("app.App").getName());
        }
    }

    private static ClassWriter writer(int version) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, "app/App", null, "java/lang/Object", new String[] {
                    "java/util/function/Consumer"
                });
        MethodVisitor made = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        made.visitCode();
        made.visitVarInsn(Opcodes.ALOAD, 0);
        made.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        made.visitInsn(Opcodes.RETURN);
        made.visitMaxs(0, 0);
        made.visitEnd();
        return writer;
    }

    private static MethodVisitor accept(ClassWriter writer) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "accept", "(Ljava/lang/Object;)V", null, null);
        code.visitCode();
        return code;
    }
}
