package io.dataprism.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.testjars.CompiledJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;

/** A plugin that was granted the means reaches for the kernel in nodes that are started in different ways; what came of each try is in the node's log. */
class ModulesIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Pattern TRIED = Pattern.compile("tried ([a-z-]+): ([A-Za-z-]+)");
    private static final String THROUGH = "through";

    /** A class of a module that has the name of one to which the kernel exports. */
    private static final String FAKE = """
            package fake;

            public class Fake implements java.util.function.Function<Class<?>, Object> {
                public Object apply(Class<?> type) {
                    try {
                        return type.getMethod("values").invoke(null);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw new IllegalStateException(e.getCause());
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            """;

    private static final String CLIMBER = """
            package org.example;

            import io.dataprism.api.Plugin;
            import io.dataprism.api.PluginContext;
            import io.vertx.core.Future;
            import java.lang.invoke.MethodHandles;
            import java.lang.module.Configuration;
            import java.lang.module.ModuleFinder;
            import java.lang.reflect.InvocationTargetException;
            import java.nio.file.Path;
            import java.util.List;
            import java.util.Set;
            import java.util.concurrent.Callable;
            import java.util.function.Function;

            public final class Climber implements Plugin {
                private PluginContext context;

                @Override
                public Future<Void> initialize(PluginContext given) {
                    context = given;
                    return Future.succeededFuture();
                }

                @Override
                public Future<Void> start() {
                    Class<?> target = context.getClass();
                    attempt("private-field", () -> {
                        target.getDeclaredFields()[0].setAccessible(true);
                        return target;
                    });
                    attempt("private-lookup", () -> MethodHandles.privateLookupIn(target, MethodHandles.lookup()));
                    attempt("opening", () -> {
                        target.getModule().addOpens(target.getPackageName(), Climber.class.getModule());
                        target.getDeclaredFields()[0].setAccessible(true);
                        return target;
                    });
                    attempt("opening-by-the-jdk", () -> {
                        var opens = Module.class.getDeclaredMethod("implAddOpens", String.class);
                        opens.setAccessible(true);
                        return opens.invoke(target.getModule(), target.getPackageName());
                    });
                    attempt("public-method", () -> kernels(target).getMethod("values").invoke(null));
                    attempt("fake-module", () -> fake(kernels(target)));
                    attempt("serialization", () -> {
                        var factory = sun.reflect.ReflectionFactory.getReflectionFactory();
                        return factory.newConstructorForSerialization(target, Object.class.getConstructor()).newInstance();
                    });
                    attempt("diagnostic-bean", () -> {
                        var name = new javax.management.ObjectName("com.sun.management:type=DiagnosticCommand");
                        return java.lang.management.ManagementFactory.getPlatformMBeanServer().getObjectInstance(name);
                    });
                    context.log().info("tried all");
                    return Future.succeededFuture();
                }

                private static Class<?> kernels(Class<?> target) throws Exception {
                    return Class.forName("io.dataprism.kernel.admission.Untrusted", true, target.getClassLoader());
                }

                @SuppressWarnings("unchecked")
                private static Object fake(Class<?> type) throws Exception {
                    ModuleLayer boot = ModuleLayer.boot();
                    Configuration made = boot.configuration().resolve(
                            ModuleFinder.of(Path.of("%s")), ModuleFinder.of(), Set.of("io.dataprism.gateway"));
                    ClassLoader loader = ModuleLayer.defineModulesWithOneLoader(
                            made, List.of(boot), ClassLoader.getPlatformClassLoader()).layer().findLoader("io.dataprism.gateway");
                    Class<?> fake = loader.loadClass("fake.Fake");
                    return ((Function<Class<?>, Object>) fake.getConstructor().newInstance()).apply(type);
                }

                private void attempt(String name, Callable<?> action) {
                    String outcome;
                    try {
                        outcome = action.call() == null ? "nothing" : "through";
                    } catch (Throwable e) {
                        Throwable cause = e;
                        while ((cause instanceof InvocationTargetException || cause instanceof IllegalStateException)
                                && cause.getCause() != null) {
                            cause = cause.getCause();
                        }
                        outcome = cause.getClass().getSimpleName();
                    }
                    context.log().info("tried " + name + ": " + outcome);
                }
            }
            """;

    private static final String MANIFEST = """
            id: climber
            version: 1.0.0
            main: org.example.Climber
            api: ^0.1.0
            category: utility
            permissions:
              - {permission: reflection, reason: It climbs.}
              - {permission: class-loading, reason: It climbs.}
              - {permission: system-properties, reason: It climbs.}
            """;

    @TempDir
    Path home;

    private void write(boolean sandboxed) throws Exception {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Path fake = new CompiledJar()
                .source(FAKE)
                .file("module-info.class", descriptor())
                .build(home.resolve("fake.jar"));
        new CompiledJar()
                .withWholeJdk()
                .source(CLIMBER.formatted(fake))
                .file("plugin.yaml", MANIFEST)
                .build(conf.resolve("climber.jar"));
        Files.writeString(conf.resolve("kernel.yaml"), """
                version: 1
                node: {sandboxed: %s}
                plugins:
                  climber:
                    source: climber.jar
                    grants: [reflection, class-loading, system-properties]
                """.formatted(sandboxed));
    }

    private static byte[] descriptor() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_MODULE, "module-info", null, null, null);
        ModuleVisitor module = writer.visitModule("io.dataprism.gateway", 0, null);
        module.visitRequire("java.base", Opcodes.ACC_MANDATED, null);
        module.visitExport("fake", 0);
        module.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static Map<String, String> tried(Child node) throws Exception {
        await().atMost(SOON).until(() -> node.err().contains("tried all") || !node.isAlive());
        Map<String, String> tried = new TreeMap<>();
        Matcher matcher = TRIED.matcher(node.err());
        while (matcher.find()) {
            tried.put(matcher.group(1), matcher.group(2));
        }
        assertEquals(8, tried.size(), node.err());
        node.terminate();
        assertEquals(ExitCode.OK, node.end().exitCode());
        return tried;
    }

    /** Without a sandbox of its own, so that what says no are the modules. */
    @Test
    void modulesAloneKeepTheKernelFromAllThatTheJvmHoldsToThem() throws Exception {
        write(false);
        try (Child node = Child.start(home, Map.of(), "run", "--no-agent")) {
            assertEquals(
                    new TreeMap<>(Map.of(
                            "private-field", "InaccessibleObjectException",
                            "private-lookup", "IllegalAccessException",
                            "opening", "IllegalCallerException",
                            "opening-by-the-jdk", "InaccessibleObjectException",
                            "public-method", "IllegalAccessException",
                            "fake-module", "IllegalAccessException",
                            // What the JDK offers to libraries for this very purpose asks no module
                            "serialization", THROUGH,
                            "diagnostic-bean", "InstanceNotFoundException")),
                    tried(node));
        }
    }

    /** The same from the class path gets through: an attempt that can't succeed shows nothing. */
    @Test
    void fromTheClassPathItGetsThrough() throws Exception {
        write(false);
        try (Child node = Child.onClassPath(home, "run", "--no-agent")) {
            Map<String, String> tried = tried(node);
            for (String one : new String[] {"private-field", "private-lookup", "public-method", "fake-module"}) {
                assertEquals(THROUGH, tried.get(one), tried.toString());
            }
        }
    }

    @Test
    void withTheAgentNothingGetsThrough() throws Exception {
        write(true);
        try (Child node = Child.start(home, Map.of(), "run")) {
            Map<String, String> tried = tried(node);
            assertTrue(!tried.containsValue(THROUGH) && !tried.containsValue("nothing"), tried.toString());
            assertEquals("SecurityException", tried.get("serialization"), tried.toString());
        }
    }
}
