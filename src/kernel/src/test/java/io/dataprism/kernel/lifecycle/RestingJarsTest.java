package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Thousands of plugins must not need thousands of file handles. */
final class RestingJarsTest extends KernelTest {
    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT
                .withDataFolder(folder.resolve("data"))
                .withIntervals(Duration.ofMillis(20), Duration.ofSeconds(5));
    }

    /** The files of this process that lie in the store. */
    private List<String> open() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            for (Path handle : handles.toList()) {
                try {
                    open.add(Files.readSymbolicLink(handle).toString());
                } catch (NoSuchFileException closed) {
                    // Closed while the list was read.
                    continue;
                }
            }
        }
        return open.stream()
                .filter(file -> file.startsWith(folder.resolve("data/artifacts").toString()))
                .toList();
    }

    @Test
    @EnabledOnOs(OS.LINUX) // the only one that says which files a process has open
    void aRunningPluginHoldsNoFileAndLoadsClassesAllTheSame() throws Exception {
        load(
                PluginJar.of("later")
                        .capability(
                                "work",
                                "return Future.succeededFuture(new Object() { public String toString() { return \"loaded\"; } }.toString());"));
        soon().until(() -> open().isEmpty());
        assertEquals("loaded", await(kernel.<String>call("later", "work", null)));
        soon().until(() -> open().isEmpty());
    }
}
