package io.dataprism.kernel.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.child.ChildJars;
import io.dataprism.child.Rehearsal;
import io.dataprism.kernel.store.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildArchiveTest {
    @TempDir
    Path folder;

    @Test
    void isMadeOnceOfTheJarsThatThereAreAndChildrenUseIt() throws Exception {
        List<Path> jars = packed();
        Path kept = folder.resolve("kept");
        ChildArchive archive = new ChildArchive(kept, () -> jars);
        assertEquals(Optional.empty(), archive.ready());
        archive.prepare();
        await().atMost(Duration.ofSeconds(60)).until(() -> archive.ready().isPresent());
        Path file = archive.ready().orElseThrow();
        assertTrue(loads(jars, file).contains("io.dataprism.child.Child source: shared objects file (top)"));

        ChildArchive next = new ChildArchive(kept, () -> jars);
        assertEquals(Optional.of(file), next.ready(), "it is there for the next node");
        Files.setLastModifiedTime(jars.get(0), FileTime.fromMillis(1_000_000));
        assertEquals(Optional.empty(), new ChildArchive(kept, () -> jars).ready(), "of other jars there is none");
    }

    @Test
    void ofFoldersThereIsNone() {
        ChildArchive archive = new ChildArchive(folder.resolve("kept"), () -> List.of(folder));
        archive.prepare();
        assertEquals(Optional.empty(), archive.ready());
    }

    /** Which classes a child loads, and where from. */
    private String loads(List<Path> jars, Path archive) throws Exception {
        List<String> line = new ArrayList<>(ChildCommand.jvm());
        line.add("-XX:SharedArchiveFile=" + archive);
        line.add("-Xlog:class+load:stdout");
        Path place = Files.createTempDirectory("dp");
        line.addAll(List.of("-cp", ChildCommand.classPath(jars), Rehearsal.class.getName(), place.toString()));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), told);
            return told;
        } finally {
            Folders.delete(place);
        }
    }

    /** The child's class path as a distribution has it: folders of classes as jars. */
    private List<Path> packed() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path path : ChildJars.all()) {
            all.add(Files.isDirectory(path) ? pack(path, folder.resolve(all.size() + ".jar")) : path);
        }
        return all;
    }

    private static Path pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
