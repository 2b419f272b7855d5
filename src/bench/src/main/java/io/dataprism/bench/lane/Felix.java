package io.dataprism.bench.lane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A running Felix framework with an empty cache of its own. */
public final class Felix implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 20_000;

    private final Path cache;
    private final Framework framework;

    /** @param properties the framework's, besides its cache */
    public Felix(Map<String, String> properties) throws IOException, BundleException {
        cache = Files.createTempDirectory("dataprism-bench-felix-");
        Map<String, String> all = new HashMap<>(properties);
        all.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        framework = new FrameworkFactory().newFramework(all);
        framework.start();
    }

    public BundleContext context() {
        return framework.getBundleContext();
    }

    @Override
    public void close() throws BundleException, InterruptedException, IOException {
        framework.stop();
        framework.waitForStop(PATIENCE_MILLIS);
        try (Stream<Path> all = Files.walk(cache)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
