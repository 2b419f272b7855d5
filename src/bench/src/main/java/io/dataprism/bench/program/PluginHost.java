package io.dataprism.bench.program;

import java.nio.file.Path;

/** Something that plugins live in. */
interface PluginHost extends AutoCloseable {

    /** Write a plugin's jar, as this host wants it. */
    Path jar(String id, Path folder) throws Exception;

    /** Take the jar in and start the plugin. */
    Object up(String id, Path jar) throws Exception;

    /** Stop and unload what {@link #up} answered. */
    void down(Object plugin) throws Exception;

    @Override
    void close() throws Exception;

    static PluginHost named(String name) throws Exception {
        return switch (name) {
            case "kernel" -> new KernelHost();
            case "PF4J" -> new Pf4jHost();
            case "Felix" -> new FelixHost();
            default -> throw new IllegalArgumentException("There is no plugin host '" + name + "'.");
        };
    }
}
