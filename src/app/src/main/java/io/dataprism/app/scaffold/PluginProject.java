package io.dataprism.app.scaffold;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.text.IoCause;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a Maven project for a new plugin: manifest, class, a test in a real kernel. Blocks. */
public final class PluginProject {
    private static final String SCHEMA = "plugin-manifest.schema.json";

    private final NewPlugin plugin;
    private final TemplateValues values;

    public PluginProject(NewPlugin plugin) {
        this.plugin = plugin;
        this.values = TemplateValues.of(plugin);
    }

    /**
     * Write it into {@code folder}, which is made, or must be empty.
     *
     * @return the files that were written
     */
    public List<Path> writeTo(Path folder) {
        try {
            requireEmpty(folder);
            List<Path> written = new ArrayList<>();
            for (Map.Entry<String, String> file : files().entrySet()) {
                Path target = folder.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                written.add(Files.writeString(target, file.getValue()));
            }
            return written;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "DP-0923",
                    "Plugin '" + plugin.id() + "': the project cannot be written to " + folder + ": " + IoCause.of(e)
                            + ". Choose another folder with --folder.",
                    e);
        }
    }

    private Map<String, String> files() {
        String category = plugin.category().label();
        String source = "src/main/java/" + plugin.packagePath() + "/" + plugin.className() + ".java";
        String test = "src/test/java/" + plugin.packagePath() + "/" + plugin.className() + "Test.java";
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", template("project/pom.xml"));
        files.put("src/main/resources/" + PluginManifest.FILE, template(category + "/plugin.yaml"));
        files.put(source, template(category + "/Plugin.java"));
        files.put(test, template(category + "/Test.java"));
        files.put("README.md", template("project/README.md"));
        files.put(".gitignore", template("project/gitignore"));
        files.put(".dataprism/" + SCHEMA, resource(PluginManifest.class, SCHEMA));
        return files;
    }

    private String template(String name) {
        return values.fill(resource(PluginProject.class, name));
    }

    private void requireEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new CommandFailure(
                        ExitCode.TAKEN,
                        "DP-0922",
                        "Plugin '" + plugin.id() + "': the folder " + folder
                                + " is not empty, and nothing in it was changed. Choose another id, or a folder with"
                                + " --folder.");
            }
        }
    }

    private static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(beside.getPackageName() + " lacks its file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
