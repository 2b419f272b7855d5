package io.dataprism.kernel.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.manifest.Sha256;
import io.dataprism.kernel.manifest.TestJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that installs plugins is killed, at any moment: what is installed afterwards is whole. */
class KilledInstallTest {
    private static final int VERSIONS = 40;

    @TempDir
    Path folder;

    /** The process that is killed: installs every version, removes every other, over and over. */
    static final class Installer {
        private Installer() {}

        @SuppressWarnings("SystemOut") // how it tells the test that it works
        public static void main(String[] arguments) {
            Path jars = Path.of(arguments[0]);
            PluginRegistry registry = PluginRegistry.open(RegistryOptions.in(Path.of(arguments[1])));
            while (true) {
                for (int i = 0; i < VERSIONS; i++) {
                    PluginRecord record = registry.install(ArtifactSource.path(jar(jars, i)));
                    System.out.println(record.key());
                    if (i % 2 == 0) {
                        registry.remove(record.key());
                    }
                }
                registry.all().forEach(record -> registry.remove(record.key()));
            }
        }
    }

    private static Path jar(Path jars, int version) {
        return jars.resolve(version + ".jar");
    }

    @Test
    void leavesNothingHalfInstalled() throws Exception {
        int kills = Integer.getInteger("dataprism.test.kills", 5);
        byte[] noise = new byte[200_000];
        long seed = System.nanoTime();
        Random random = new Random(seed);
        random.nextBytes(noise);
        for (int i = 0; i < VERSIONS; i++) {
            TestJar.plugin("weather", "1.0." + i)
                    .entry("lib/one.jar", TestJar.empty().entry("noise", noise).bytes())
                    .entry("lib/two.jar", TestJar.empty().entry("more", noise).bytes())
                    .write(jar(folder, i));
        }
        Path data = folder.resolve("data");
        for (int i = 0; i < kills; i++) {
            killWhileItInstalls(data, random);
            requireWhole(data, "kill " + i + " with seed " + seed);
        }
    }

    private void killWhileItInstalls(Path data, Random random) throws Exception {
        Process installer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Installer.class.getName(),
                        folder.toString(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(installer.getInputStream(), StandardCharsets.UTF_8))) {
            // From the first one on, after any number of further ones and any part of the next.
            for (int seen = random.nextInt(60); seen >= 0; seen--) {
                assertTrue(out.readLine() != null, "the installer ended by itself");
            }
            assertTrue(
                    !installer.waitFor(random.nextInt(5_000), TimeUnit.MICROSECONDS), "the installer ended by itself");
        } finally {
            installer.destroyForcibly();
            assertTrue(installer.waitFor(20, TimeUnit.SECONDS));
        }
    }

    private static void requireWhole(Path data, String when) throws IOException {
        PluginRegistry registry = PluginRegistry.open(RegistryOptions.in(data));
        assertEquals(List.of(), registry.damaged(), when);
        for (PluginRecord record : registry.all()) {
            assertEquals(
                    record.artifact().sha256(), Sha256.of(record.classPath().get(0)), when);
            assertEquals(3, record.classPath().size(), when);
            for (Path path : record.classPath()) {
                assertTrue(Files.size(path) > 0, when);
            }
        }
        try (Stream<Path> folders = Files.list(data.resolve("artifacts"))) {
            assertEquals(registry.all().size(), (int) folders.count(), when);
        }
    }
}
