package io.dataprism.testkit;

import io.dataprism.api.Category;
import io.dataprism.api.Plugin;
import io.dataprism.testjars.CompiledJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a plugin's jar on the fly: from a class of the test, or from source text, with a manifest put together here. Meant for neighbours
 * of the plugin under test and for tests of a host application.
 */
public final class PluginJar {
    private final String id;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> capabilities = new ArrayList<>();
    private final List<String> permissions = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private String version = "1.0.0";
    private String main = "";
    private Category category = Category.UTILITY;

    private PluginJar(String id) {
        this.id = id;
    }

    /** A plugin of this id, version 1.0.0, category utility. */
    public static PluginJar of(String id) {
        return new PluginJar(id);
    }

    public PluginJar version(String text) {
        version = text;
        return this;
    }

    public PluginJar category(Category kind) {
        category = kind;
        return this;
    }

    /** The plugin's class, from the test's class path: its outermost class and all that is nested in it go into the jar. */
    public PluginJar main(Class<? extends Plugin> type) {
        main = type.getName();
        return classes(type);
    }

    /** The plugin's class by its name, for one that was given as source. */
    public PluginJar main(String name) {
        main = name;
        return this;
    }

    /** Further classes from the test's class path, each with its outermost class and all that is nested in it. */
    public PluginJar classes(Class<?>... types) {
        for (Class<?> type : types) {
            entries.putAll(ClassFiles.of(type));
        }
        return this;
    }

    /** A class as source text, compiled against the test's class path; Java 17. */
    public PluginJar source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    /** Capabilities of its own. */
    public PluginJar capabilities(String... names) {
        capabilities.addAll(List.of(names));
        return this;
    }

    /** Permissions it requests. */
    public PluginJar requests(String... names) {
        permissions.addAll(List.of(names));
        return this;
    }

    /** Further lines of its {@code plugin.yaml}. */
    public PluginJar manifest(String yaml) {
        lines.add(yaml.stripTrailing());
        return this;
    }

    /** Any other file in the jar. */
    public PluginJar entry(String name, byte[] content) {
        entries.put(name, content.clone());
        return this;
    }

    /** The {@code plugin.yaml} as it stands now. */
    public String yaml() {
        StringBuilder yaml = new StringBuilder()
                .append("id: ")
                .append(id)
                .append('\n')
                .append("version: ")
                .append(version)
                .append('\n')
                .append("main: ")
                .append(main)
                .append('\n')
                .append("api: \"*\"\n")
                .append("category: ")
                .append(category.label())
                .append('\n');
        if (!capabilities.isEmpty()) {
            yaml.append("capabilities: [")
                    .append(String.join(", ", capabilities))
                    .append("]\n");
        }
        if (!permissions.isEmpty()) {
            yaml.append("permissions:\n");
            permissions.forEach(permission -> yaml.append("  - permission: \"")
                    .append(permission)
                    .append("\"\n")
                    .append("    reason: A test needs it.\n"));
        }
        lines.forEach(line -> yaml.append(line).append('\n'));
        return yaml.toString();
    }

    /**
     * Write it.
     *
     * @return the jar, {@code <id>-<version>.jar} in {@code folder}
     */
    public Path writeTo(Path folder) {
        CompiledJar jar = new CompiledJar().file("plugin.yaml", yaml());
        entries.forEach(jar::file);
        sources.values().forEach(jar::source);
        return jar.build(folder.resolve(id + "-" + version + ".jar"));
    }
}
