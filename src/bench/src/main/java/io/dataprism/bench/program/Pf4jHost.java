package io.dataprism.bench.program;

import io.dataprism.bench.plugin.RestingPf4j;
import io.dataprism.testjars.CompiledJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.JarPluginManager;
import org.pf4j.PluginManager;
import org.pf4j.PluginWrapper;

/** PF4J with plugins in jars. */
final class Pf4jHost implements PluginHost {
    private final Path empty;
    private final PluginManager manager;

    Pf4jHost() throws Exception {
        empty = Files.createTempDirectory("dataprism-bench-pf4j-");
        manager = new JarPluginManager(empty);
    }

    @Override
    public Path jar(String id, Path folder) throws Exception {
        return new CompiledJar()
                .attribute("Plugin-Id", id)
                .attribute("Plugin-Version", "1.0.0")
                .attribute("Plugin-Class", RestingPf4j.class.getName())
                .file(ClassFile.entry(RestingPf4j.class), ClassFile.bytes(RestingPf4j.class))
                .build(folder.resolve(id + ".jar"));
    }

    @Override
    public Object up(String id, Path jar) {
        String loaded = manager.loadPlugin(jar);
        manager.startPlugin(loaded);
        return loaded;
    }

    @Override
    public void down(Object plugin) {
        String id = (String) plugin;
        manager.stopPlugin(id);
        if (!manager.unloadPlugin(id)) {
            throw new IllegalStateException("PF4J did not unload " + id + ".");
        }
    }

    @Override
    public void close() throws Exception {
        for (PluginWrapper plugin : List.copyOf(manager.getPlugins())) {
            down(plugin.getPluginId());
        }
        Files.delete(empty);
    }
}
