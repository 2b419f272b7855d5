package io.dataprism.bench.plugin;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** What starts an OSGi bundle that does nothing. */
public final class RestingBundle implements BundleActivator {
    @Override
    public void start(BundleContext context) {}

    @Override
    public void stop(BundleContext context) {}
}
