package io.dataprism.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.kernel.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestCheckTest {
    private static final String GOOD =
            "id: weather\nversion: 1.0.0\nmain: org.example.Main\napi: '*'\ncategory: utility\n";

    @TempDir
    Path project;

    private List<String> problems(String manifest) throws IOException {
        Path classes = project.resolve("target/classes");
        Path resources = project.resolve("src/main/resources");
        Files.createDirectories(classes.resolve("org/example"));
        Files.createDirectories(resources);
        Files.write(classes.resolve("org/example/Main.class"), new byte[] {1});
        Files.writeString(classes.resolve("plugin.yaml"), manifest);
        Files.writeString(resources.resolve("plugin.yaml"), manifest);
        return new ManifestCheck(project, classes)
                .problems().stream().map(Problem::toString).toList();
    }

    @Test
    void findsNothingInOneThatIsInOrder() throws IOException {
        assertEquals(List.of(), problems(GOOD));
    }

    @Test
    void namesTheFileThatTheAuthorEdits() throws IOException {
        assertEquals(
                List.of(project.resolve("src/main/resources/plugin.yaml")
                        + ":5:11: DP-0218 'category' is 'utilty': expected visualization, processing, integration or utility."
                        + " Did you mean 'utility'?"),
                problems(GOOD.replace("utility", "utilty")));
    }

    @Test
    void findsAMainClassThatIsNotThere() throws IOException {
        assertEquals(
                List.of(project.resolve("src/main/resources/plugin.yaml")
                        + ":3:7: DP-0227 'main' is 'org.example.Mian', but org/example/Mian.class is not in it. Did you mean"
                        + " 'org.example.Main'?"),
                problems(GOOD.replace("Main", "Mian")));
    }
}
