package io.dataprism.bench.program;

import io.dataprism.bench.lane.Felix;
import io.dataprism.bench.plugin.RestingBundle;
import io.dataprism.testjars.CompiledJar;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** Felix with bundles; unloading there is uninstalling. */
final class FelixHost implements PluginHost {
    private final Felix felix = new Felix(Map.of());

    FelixHost() throws Exception {}

    @Override
    public Path jar(String id, Path folder) throws Exception {
        return new CompiledJar()
                .attribute(Constants.BUNDLE_MANIFESTVERSION, "2")
                .attribute(Constants.BUNDLE_SYMBOLICNAME, id)
                .attribute(Constants.BUNDLE_VERSION, "1.0.0")
                .attribute(Constants.BUNDLE_ACTIVATOR, RestingBundle.class.getName())
                .attribute(Constants.IMPORT_PACKAGE, "org.osgi.framework")
                .file(ClassFile.entry(RestingBundle.class), ClassFile.bytes(RestingBundle.class))
                .build(folder.resolve(id + ".jar"));
    }

    @Override
    public Object up(String id, Path jar) throws Exception {
        Bundle bundle = felix.context().installBundle(jar.toUri().toString());
        bundle.start();
        return bundle;
    }

    @Override
    public void down(Object plugin) throws Exception {
        Bundle bundle = (Bundle) plugin;
        bundle.stop();
        bundle.uninstall();
    }

    @Override
    public void close() throws Exception {
        felix.close();
    }
}
