package io.dataprism.sandbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.sandbox.guard.CallGuard;
import io.dataprism.testjars.CompiledJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real jars, whose guarded classes are kept from one loader to the next. */
class KeptClassesTest {
    private static final int CLASSES = 40;
    private static final String LOCAL = "system-properties:read:java.home";

    @TempDir
    Path folder;

    private Path place;
    private Path jar;
    private final Set<String> granted = ConcurrentHashMap.newKeySet();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CallGuard guard = (permission, scope) -> granted.contains(permission + ":" + scope);

    @BeforeEach
    void makeJar() throws Exception {
        place = Files.createDirectory(folder.resolve("guarded"));
        jar = jar("plugin.jar", "");
        granted.add(LOCAL);
    }

    /** Every second class reads a property. */
    private Path jar(String name, String superclass) throws Exception {
        CompiledJar jar = new CompiledJar();
        for (int i = 0; i < CLASSES; i++) {
            String value = i % 2 == 0 ? "System.getProperty(\"java.home\")" : "\"plain\"";
            jar.source(
                    "package app; public class C" + i + superclass + " implements java.util.function.Supplier<Object> {"
                            + " public Object get() { return " + value + "; } }");
        }
        return jar.build(folder.resolve(name));
    }

    private PluginClassLoader.Builder builder(String hash) {
        return PluginClassLoader.builder("app 1.0")
                .classPath(List.of(jar))
                .guard(guard)
                .keptIn(place, hash, told::add);
    }

    /** Load all classes, use each, close: how many were guarded anew. */
    private int guardedAnew(PluginClassLoader.Builder builder) throws Exception {
        try (PluginClassLoader loader = builder.build()) {
            for (int i = 0; i < CLASSES; i++) {
                use(loader, i);
            }
            return loader.classesGuarded();
        }
    }

    @SuppressWarnings("unchecked")
    private static void use(PluginClassLoader loader, int number) throws Exception {
        Supplier<Object> made = (Supplier<Object>)
                loader.loadClass("app.C" + number).getConstructor().newInstance();
        assertEquals(number % 2 == 0 ? System.getProperty("java.home") : "plain", made.get());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.sorted().toList();
        }
    }

    @Test
    void theSecondTimeNothingIsGuardedAnew() throws Exception {
        assertEquals(CLASSES, guardedAnew(builder("one")));
        assertEquals(0, guardedAnew(builder("one")));
        assertEquals(List.of(), told);
    }

    @Test
    void whatPollsIsNotTakenForWhatDoesNot() throws Exception {
        assertEquals(CLASSES, guardedAnew(builder("one")));
        assertEquals(CLASSES, guardedAnew(builder("one").withoutPolls()));
        assertEquals(0, guardedAnew(builder("one")));
    }

    @Test
    void whatWasKeptIsGuardedAllTheSame() throws Exception {
        guardedAnew(builder("one"));
        granted.clear();
        try (PluginClassLoader loader = builder("one").build()) {
            assertThrows(SecurityException.class, () -> use(loader, 0));
            use(loader, 1);
            assertEquals(0, loader.classesGuarded());
        }
    }

    @Test
    void anotherArtifactIsGuardedAnew() throws Exception {
        guardedAnew(builder("one"));
        assertEquals(CLASSES, guardedAnew(builder("other")));
        assertEquals(0, guardedAnew(builder("one")));
    }

    /** What a class inherits decides which of its calls are checked. */
    @Test
    void soIsWhatIsLinkedWithAnotherDependency() throws Exception {
        jar = new CompiledJar()
                .source("package shared; public class Base extends java.io.File {"
                        + " public Base() { super(\"x\"); } }")
                .build(folder.resolve("shared.jar"));
        Path shared = jar;
        try (PluginClassLoader one = builder("shared one").build();
                PluginClassLoader other = builder("shared two").build();
                PluginClassLoader unknown = PluginClassLoader.builder("shared")
                        .classPath(List.of(shared))
                        .guard(guard)
                        .build()) {
            jar = jar("linked.jar", "");
            guardedAnew(builder("app").importing(one, Set.of("shared")));
            assertEquals(0, guardedAnew(builder("app").importing(one, Set.of("shared"))));
            assertEquals(CLASSES, guardedAnew(builder("app").importing(other, Set.of("shared"))));
            assertEquals(CLASSES, guardedAnew(builder("app")));
            int before = files().size();
            guardedAnew(builder("app").importing(unknown, Set.of("shared")));
            assertEquals(before, files().size(), "what a dependency under development says is kept nowhere");
        }
    }

    @Test
    void classesOfOtherBytesAreGuardedAnewThoughTheHashIsTheSame() throws Exception {
        guardedAnew(builder("one"));
        Path plain = jar;
        jar = Files.move(jar("other.jar", " extends Object"), plain, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(0, guardedAnew(builder("one")), "the same source makes the same bytes");
        CompiledJar changed = new CompiledJar();
        for (int i = 0; i < CLASSES; i++) {
            String value = i % 2 == 0 ? "System.getProperty(\"java.home\")" : "\"plain\"";
            changed.source("package app; public class C" + i + " implements java.util.function.Supplier<Object> {"
                    + " int more; public Object get() { return " + value + "; } }");
        }
        changed.build(plain);
        assertEquals(CLASSES, guardedAnew(builder("one")));
    }

    /** Wherever it is, and whatever is cut off. */
    @Test
    void aFileThatIsDamagedIsNoticedAndWrittenAnew() throws Exception {
        guardedAnew(builder("one"));
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int turn = 0; turn < 40; turn++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, turn % 4 == 3 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : damaged);
            told.clear();
            assertEquals(CLASSES, guardedAnew(builder("one")), "turn " + turn);
            assertTrue(told.get(0).contains("damaged"), told.toString());
            assertArrayEquals(whole, Files.readAllBytes(file));
            assertEquals(0, guardedAnew(builder("one")));
        }
    }

    @Test
    void whatOthersKeptMeanwhileStays() throws Exception {
        try (PluginClassLoader first = builder("one").build();
                PluginClassLoader second = builder("one").build()) {
            for (int i = 0; i < CLASSES / 2; i++) {
                use(first, i);
                use(second, CLASSES / 2 + i);
            }
        }
        assertEquals(0, guardedAnew(builder("one")));
    }

    @Test
    void itIsWrittenWhileThePluginRests() throws Exception {
        try (PluginClassLoader loader = builder("one").build()) {
            for (int i = 0; i < CLASSES; i++) {
                use(loader, i);
            }
            assertEquals(List.of(), files());
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (files().stream().noneMatch(file -> file.toString().endsWith(".classes"))
                    && System.nanoTime() < end) {
                loader.rest();
                Thread.onSpinWait();
            }
            assertEquals(0, guardedAnew(builder("one")));
        }
    }

    @Test
    void nothingIsMadeWhereTheFolderIsGone() throws Exception {
        try (PluginClassLoader loader = builder("one").build()) {
            for (int i = 0; i < CLASSES; i++) {
                use(loader, i);
            }
            Files.delete(place);
        }
        assertFalse(Files.exists(place));
        assertTrue(told.get(0).contains("can't be kept"), told.toString());
    }

    @Test
    void aFewFilesAreKeptAndNoMore() throws Exception {
        Files.writeString(place.resolve("left.unfinished"), "half");
        Files.setLastModifiedTime(place.resolve("left.unfinished"), FileTime.fromMillis(0));
        for (int i = 0; i < 10; i++) {
            guardedAnew(builder("hash " + i));
        }
        assertEquals(4, files().size(), files().toString());
        assertEquals(0, guardedAnew(builder("hash 9")));
    }

    /** A superclass that could not be read this time may be one that has guarded methods. */
    @Test
    void nothingIsKeptOfAClassWhoseSuperclassCouldNotBeRead() throws Exception {
        Path library = new CompiledJar()
                .source("package lib; public class Base extends java.io.File { public Base() { super(\"x\"); } }")
                .build(folder.resolve("lib.jar"));
        CompiledJar source = new CompiledJar();
        for (int i = 0; i < CLASSES; i++) {
            source.source(
                    "package app; public class U" + i + " { Object it(lib.Base base) { return base.delete(); } }");
        }
        jar = source.against(library).build(folder.resolve("using.jar"));
        PluginClassLoader.Builder both = builder("one").classPath(List.of(jar, library));
        try (PluginClassLoader loader = both.build()) {
            while (loader.rest()) {
                Thread.onSpinWait();
            }
            Files.write(library, new byte[] {1, 2, 3});
            for (int i = 0; i < CLASSES; i++) {
                loader.loadClass("app.U" + i);
            }
        }
        assertEquals(List.of(), files());
    }
}
