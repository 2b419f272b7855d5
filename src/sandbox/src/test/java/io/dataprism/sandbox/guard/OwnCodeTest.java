package io.dataprism.sandbox.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.testjars.CompiledJar;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** By reflection a plugin does, without being granted anything, what its code may do by name; and no more than that. */
class OwnCodeTest {
    private static final String APP = """
            package app;
            import java.io.*; import java.lang.invoke.*; import java.lang.reflect.*; import java.util.*;
            public class App {
              private int hidden = 7;
              private static String told(String it) { return "told " + it; }
              public record Point(int x) {}
              public static class Mine extends File implements Serializable {
                public Mine(String name) { super(name); }
                public boolean canRead() { return true; }
              }
              public static class Many extends ArrayList<String> {}
              public interface Service { default String name() { return "own"; } }
              public static class Provider implements Service {}

              static Object invoke(Class<?> type, String name, Object on, Class<?>... parameters) throws Exception {
                return type.getMethod(name, parameters).invoke(on);
              }
              static Object call(MethodHandle handle, Object... arguments) throws Exception {
                try { return handle.invokeWithArguments(arguments); } catch (Exception e) { throw e; } catch (Throwable e) { throw new Error(e); }
              }
              %s
            }
            """;

    @TempDir
    Path folder;

    private final List<String> granted = new CopyOnWriteArrayList<>();
    private PluginClassLoader loader;

    /** Each a method's body that says what came of it; which is whose, its name tells. */
    private static String methods(String... bodies) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < bodies.length; i++) {
            all.append("public static Object m")
                    .append(i)
                    .append("() throws Exception { ")
                    .append(bodies[i])
                    .append(" }\n");
        }
        return all.toString();
    }

    private static final String[] DONE = {
        "App app = new App(); Field field = App.class.getDeclaredField(\"hidden\"); field.setAccessible(true); field.set(app, 8); return field.get(app);",
        "Method told = App.class.getDeclaredMethod(\"told\", String.class); told.setAccessible(true); return told.invoke(null, \"me\");",
        "return Class.forName(\"app.App$Point\").getRecordComponents()[0].getAccessor().invoke(new Point(3));",
        "return App.class.getClassLoader().loadClass(\"app.App\") == App.class;",
        "return Class.forName(\"java.util.ArrayList\").getConstructor().newInstance();",
        "return invoke(String.class, \"length\", \"four\");",
        "return call(MethodHandles.lookup().findStatic(Math.class, \"abs\", MethodType.methodType(int.class, int.class)), -5);",
        "return call(MethodHandles.lookup().findVarHandle(App.class, \"hidden\", int.class).toMethodHandle(VarHandle.AccessMode.GET), new App());",
        "for (Service each : ServiceLoader.load(Service.class)) { return each.name(); } return null;",
        "try { return Class.forName(\"not.There\"); } catch (ClassNotFoundException e) { return \"none\"; }",
        "return ClassLoader.getSystemClassLoader() == App.class.getClassLoader();",
        "return System.getProperty(\"line.separator\") + System.getProperty(\"app.own.setting\") + System.getenv(\"APP_OWN_SETTING\");",
        "return System.getProperties().getProperty(\"java.version\") + System.getProperties().getProperty(\"java.home\") + System.getenv().get(\"PATH\");",
        "java.util.function.Supplier<Properties> all = System::getProperties; return all.get().getProperty(\"java.home\");",
        "return System.getProperties() == System.getProperties();",
    };

    private static final Object[] ANSWERS = {
        8,
        "told me",
        3,
        true,
        List.of(),
        4,
        5,
        7,
        "own",
        "none",
        true,
        System.lineSeparator() + "nullnull",
        System.getProperty("java.version") + "nullnull",
        null,
        false,
    };

    private static final String[] REFUSED = {
        "return invoke(File.class, \"delete\", new File(\"x\"));",
        "return invoke(Mine.class, \"delete\", new Mine(\"x\"));",
        "return call(MethodHandles.lookup().findVirtual(Mine.class, \"delete\", MethodType.methodType(boolean.class)), new Mine(\"x\"));",
        "return call(MethodHandles.lookup().unreflect(File.class.getMethod(\"delete\")), new File(\"x\"));",
        "return invoke(Many.class, \"parallelStream\", new Many());",
        "return call(MethodHandles.lookup().findVirtual(Many.class, \"parallelStream\", MethodType.methodType(java.util.stream.Stream.class)), new Many());",
        "return Thread.class.getConstructor().newInstance();",
        "return Thread.class.newInstance();",
        "return call(MethodHandles.lookup().findConstructor(Thread.class, MethodType.methodType(void.class)));",
        "Field value = String.class.getDeclaredField(\"value\"); value.setAccessible(true); return null;",
        "return System.class.getField(\"out\").get(null);",
        "return Class.forName(\"jdk.internal.misc.Unsafe\");",
        "return Class.forName(\"app.App\", true, Thread.currentThread().getContextClassLoader());",
        "return invoke(System.class, \"lineSeparator\", null);",
        "return invoke(MethodHandles.class, \"lookup\", null);",
        "return invoke(ClassLoader.class, \"getSystemClassLoader\", null);",
        "return System.class.getMethod(\"getProperties\").invoke(null);",
        "return call(MethodHandles.lookup().in(Object.class).findStatic(Math.class, \"abs\", MethodType.methodType(int.class, int.class)), -5);",
        "return System.getProperty(\"java.home\");",
        "return Class.forName(\"not.There\", false, null);",
        "return System.getenv(\"PATH\");",
        "return ServiceLoader.load(java.nio.file.spi.FileSystemProvider.class);",
        "return Proxy.newProxyInstance(App.class.getClassLoader(), new Class<?>[] {Runnable.class}, (a, b, c) -> null);",
    };

    @BeforeEach
    void load() throws Exception {
        Path jar = new CompiledJar()
                .source(APP.formatted(methods(DONE)))
                .source("package app; " + REFUSING)
                .file("META-INF/services/app.App$Service", "app.App$Provider")
                .build(folder.resolve("app.jar"));
        loader = PluginClassLoader.builder("app 1.0")
                .classPath(List.of(jar))
                .guard((permission, scope) -> granted.contains(scope.isEmpty() ? permission : permission + ":" + scope))
                .build();
    }

    /** The same class once more, with the other methods. */
    private static final String REFUSING = APP.formatted(methods(REFUSED))
            .replace("package app;", "")
            .replace("class App ", "class Refused ")
            .replace("App.class", "Refused.class")
            .replace("new App()", "new Refused()");

    @AfterEach
    void close() throws Exception {
        loader.close();
    }

    private Object of(String type, int number) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(type.equals("App") ? loader : before);
        try {
            return loader.loadClass("app." + type).getMethod("m" + number).invoke(null);
        } catch (InvocationTargetException e) {
            return e.getCause();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void whatItsCodeMayDoByNameItMayDoByReflection() throws Exception {
        for (int i = 0; i < DONE.length; i++) {
            assertEquals(ANSWERS[i], of("App", i), DONE[i]);
        }
    }

    @Test
    void andNoMoreThanThat() throws Exception {
        for (int i = 0; i < REFUSED.length; i++) {
            Object came = of("Refused", i);
            assertTrue(came instanceof SecurityException, REFUSED[i] + " gave " + came);
        }
    }

    /** Even with all reflection: the answer is for the code that asks, not for the class that it names. */
    @Test
    void whatStandsForAnotherPluginsClassIsNotGiven() throws Exception {
        granted.addAll(List.of("reflection", "class-loading", "environment", "system-properties"));
        for (String method : List.of("environment", "properties", "programLoader")) {
            Method asked = Class.forName("io.dataprism.sandbox.site.CallSites").getMethod(method, Class.class);
            Class<?> app = loader.loadClass("app.App");
            InvocationTargetException refused =
                    assertThrows(InvocationTargetException.class, () -> asked.invoke(null, app), method);
            assertTrue(refused.getCause() instanceof SecurityException, method);
        }
    }

    @Test
    void aClassThatNamesWhatTheSandboxCallsIsNotLoaded() throws Exception {
        for (String named : List.of("io/dataprism/sandbox/site/CallSites", "java/lang/DataPrismHook")) {
            ClassWriter writer = new ClassWriter(0);
            writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "app/Naming", null, "java/lang/Object", null);
            writer.newMethod(named, "environment", "(Ljava/lang/Class;)Ljava/util/Map;", false);
            writer.visitEnd();
            Path jar = new CompiledJar()
                    .file("app/Naming.class", writer.toByteArray())
                    .build(folder.resolve("naming.jar"));
            try (PluginClassLoader naming = PluginClassLoader.builder("naming 1.0")
                    .classPath(List.of(jar))
                    .guard((permission, scope) -> true)
                    .build()) {
                ClassNotFoundException refused =
                        assertThrows(ClassNotFoundException.class, () -> naming.loadClass("app.Naming"));
                assertTrue(String.valueOf(refused.getMessage()).contains("for the sandbox alone"), named);
            }
        }
    }

    /** A program may put its settings behind the JVM's own. */
    @Test
    void aSettingThatStandsInDefaultsIsThere() throws Exception {
        Properties before = System.getProperties();
        System.setProperties(new Properties(before));
        try {
            int asks = List.of(REFUSED).indexOf("return System.getProperty(\"java.home\");");
            assertTrue(of("Refused", asks) instanceof SecurityException);
        } finally {
            System.setProperties(before);
        }
    }

    @Test
    void whatIsGrantedIsTheJvmsOwn() throws Exception {
        granted.add("system-properties");
        assertEquals(true, of("App", DONE.length - 1));
    }
}
