package io.dataprism.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.testjars.CompiledJar;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;

class ClosedModulesTest {
    @TempDir
    Path folder;

    private Path jars;
    private Path modules;

    /** A library with a descriptor and one without, the sandbox with its list, and the program, which looks for services. */
    @BeforeEach
    void writeJars() throws IOException {
        jars = Files.createDirectories(folder.resolve("jars"));
        modules = folder.resolve("modules");
        Path described = new CompiledJar()
                .source("package described; public class Open {}")
                .source(
                        "package described.inner; public class Hidden { public static String word() { return \"hidden\"; } }")
                .file("module-info.class", descriptor())
                .build(jars.resolve("described.jar"));
        Path plain = new CompiledJar()
                .against(described)
                .source("package plain; public interface Saying { String word(); }")
                .source("package plain.own; public class Said implements plain.Saying {"
                        + " public String word() { return described.inner.Hidden.word(); } }")
                .file("META-INF/services/plain.Saying", "# ours\nplain.own.Said\n")
                .file("META-INF/services/nobody.Knows", "plain.own.Said\n")
                .build(jars.resolve("plain-1.0.jar"));
        new CompiledJar()
                .source("package shown; public class Api {}")
                .source("package io.dataprism.sandbox; public class Loader {}")
                .file("io/dataprism/sandbox/visible-types.txt", "# a list\n\nshown.*\n")
                .attribute("Automatic-Module-Name", "io.dataprism.sandbox")
                .build(jars.resolve("sandbox.jar"));
        new CompiledJar()
                .against(plain)
                .source("package app; public class Main { public static void main(String[] args) {"
                        + " System.out.println(java.util.ServiceLoader.load(plain.Saying.class).iterator().next().word()"
                        + " + \" \" + Main.class.getModule().getName()); } }")
                .attribute("Automatic-Module-Name", "app")
                .attribute("Main-Class", "app.Main")
                .attribute("Class-Path", "plain-1.0.jar described.jar")
                .build(jars.resolve("app.jar"));
    }

    private static byte[] descriptor() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_MODULE, "module-info", null, null, null);
        ModuleVisitor module = writer.visitModule("described", Opcodes.ACC_OPEN, null);
        module.visitRequire("java.base", Opcodes.ACC_MANDATED, null);
        module.visitExport("described", 0);
        module.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private Map<String, ModuleDescriptor> made() throws IOException {
        ClosedModules.main(new String[] {jars.toString(), modules.toString(), "app/app.Main"});
        Map<String, ModuleDescriptor> made = new TreeMap<>();
        ModuleFinder.of(modules)
                .findAll()
                .forEach(module -> made.put(module.descriptor().name(), module.descriptor()));
        return made;
    }

    private static Map<String, Set<String>> exports(ModuleDescriptor module) {
        return module.exports().stream().collect(Collectors.toMap(Exports::source, Exports::targets));
    }

    private static Set<String> requires(ModuleDescriptor module) {
        return module.requires().stream().map(Requires::name).collect(Collectors.toSet());
    }

    @Test
    void aJarWithoutADescriptorExportsToThoseThatNameItAndRequiresWhatItNames() throws IOException {
        ModuleDescriptor plain = made().get("plain");
        Set<String> users = Set.of("app");
        assertFalse(plain.isAutomatic());
        assertEquals("1.0", plain.rawVersion().orElseThrow());
        assertEquals(Map.of("plain", users, "plain.own", users), exports(plain));
        assertEquals(Set.of("java.base", "described"), requires(plain));
        assertEquals(
                List.of("plain.own.Said"), plain.provides().iterator().next().providers());
        assertEquals(1, plain.provides().size(), "a service that is only named");
        assertTrue(plain.opens().isEmpty());
    }

    @Test
    void aDescriptorIsNarrowedAndWhatIsNamedAllTheSameIsExportedToWhoNamesIt() throws IOException {
        ModuleDescriptor described = made().get("described");
        Set<String> others = Set.of("app", "plain", "io.dataprism.sandbox");
        assertEquals(Map.of("described", Set.of("plain"), "described.inner", Set.of("plain")), exports(described));
        assertFalse(described.isOpen());
        assertTrue(described.opens().stream().allMatch(opens -> opens.targets().equals(others)));
    }

    @Test
    void whatPluginsMaySeeIsExportedToAll() throws IOException {
        Map<String, Set<String>> exports = exports(made().get("io.dataprism.sandbox"));
        assertEquals(Set.of(), exports.get("shown"));
        assertEquals(Set.of("app", "described", "plain"), exports.get("io.dataprism.sandbox"));
    }

    /** An export without targets would be one to everybody. */
    @Test
    void whatNobodyNamesIsExportedToNobody() throws IOException {
        assertEquals(Map.of(), exports(made().get("app")));
    }

    @Test
    void theMainModuleHasAllOthersWithIt() throws IOException {
        ModuleDescriptor app = made().get("app");
        assertEquals(Set.of("java.base", "java.se", "described", "plain", "io.dataprism.sandbox"), requires(app));
        assertEquals("app.Main", app.mainClass().orElseThrow());
        assertTrue(app.uses().contains("plain.Saying"), app.uses().toString());
    }

    @Test
    void theyRunAsModulesAndOnTheClassPath() throws Exception {
        made();
        assertEquals("hidden app", said("-p", modules.toString(), "-m", "app"));
        assertEquals("hidden null", said("-jar", modules.resolve("app.jar").toString()));
    }

    private static String said(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return said;
    }

    @Test
    void aPackageInTwoJarsIsRefused() {
        new CompiledJar().source("package plain; public class Twice {}").build(jars.resolve("twice.jar"));
        String told = assertThrows(
                        IllegalArgumentException.class,
                        () -> ClosedModules.main(new String[] {jars.toString(), modules.toString(), "app/app.Main"}))
                .getMessage();
        assertEquals("Package plain is in two modules, plain and twice", told);
    }
}
