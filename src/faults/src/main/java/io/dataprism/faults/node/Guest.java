package io.dataprism.faults.node;

import io.dataprism.api.Plugin;
import io.dataprism.testkit.PluginJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A plugin of a scene: its jar, and what the configuration says of it. */
public final class Guest {
    private final String id;
    private final PluginJar jar;
    private final List<String> grants = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private Guest(String id, PluginJar jar) {
        this.id = id;
        this.jar = jar;
    }

    /** One whose plugin is {@code type}, with all that is nested in it. */
    public static Guest of(String id, Class<? extends Plugin> type) {
        return new Guest(id, PluginJar.of(id).main(type));
    }

    public String id() {
        return id;
    }

    public Guest version(String version) {
        jar.version(version);
        return this;
    }

    /** Its capabilities. */
    public Guest offers(String... capabilities) {
        jar.capabilities(capabilities);
        return this;
    }

    /** Permissions that it asks for and is granted. */
    public Guest may(String... permissions) {
        jar.requests(permissions);
        grants.addAll(List.of(permissions));
        return this;
    }

    /** Further classes in its jar. */
    public Guest with(Class<?>... classes) {
        jar.classes(classes);
        return this;
    }

    /** A file in its jar. */
    public Guest entry(String name, byte[] content) {
        jar.entry(name, content);
        return this;
    }

    /** A line of its manifest. */
    public Guest manifest(String yaml) {
        jar.manifest(yaml);
        return this;
    }

    /** A line of its section in the configuration. */
    public Guest conf(String yaml) {
        lines.add(yaml);
        return this;
    }

    /** Write its jar. */
    public Path pack(Path folder) {
        return jar.writeTo(folder);
    }

    /** Its section, where {@code jar} is its artifact. */
    String section(Path artifact) {
        StringBuilder yaml = new StringBuilder("  ")
                .append(id)
                .append(":\n    source: ")
                .append(artifact)
                .append('\n');
        if (!grants.isEmpty()) {
            yaml.append("    grants: [\"").append(String.join("\", \"", grants)).append("\"]\n");
        }
        lines.forEach(line -> yaml.append("    ").append(line).append('\n'));
        return yaml.toString();
    }
}
