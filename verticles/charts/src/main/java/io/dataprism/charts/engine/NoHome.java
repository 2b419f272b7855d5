package io.dataprism.charts.engine;

import java.nio.file.Path;
import java.util.Map;
import org.graalvm.home.HomeFinder;
import org.jspecify.annotations.Nullable;

/**
 * Tells GraalVM that it is installed nowhere: all of it is in this plugin's jar. What it has for that itself looks through the JDK's folder, for which the
 * plugin would need a permission. Found by its service file.
 */
public final class NoHome extends HomeFinder {
    @Override
    public @Nullable Path getHomeFolder() {
        return null;
    }

    @Override
    public String getVersion() {
        return "snapshot";
    }

    @Override
    public Map<String, Path> getLanguageHomes() {
        return Map.of();
    }

    @Override
    public Map<String, Path> getToolHomes() {
        return Map.of();
    }
}
