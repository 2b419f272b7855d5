package io.dataprism.sandbox;

import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.management.ManagementFactory;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ResourceBundle;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Finds what holds a closed loader, in the places of the JVM that a plugin's code usually leaves something in. A heap dump finds
 * the rest.
 */
final class LoaderHolders {
    private final ClassLoader loader;
    private final List<String> found = new ArrayList<>();

    private LoaderHolders(ClassLoader loader) {
        this.loader = loader;
    }

    /** A sentence for each holder that was found; what the JVM caches without need is dropped on the way. */
    static List<String> of(ClassLoader loader) {
        ResourceBundle.clearCache(loader);
        LoaderHolders holders = new LoaderHolders(loader);
        holders.threads();
        holders.uncaughtExceptionHandler();
        holders.logHandlers();
        holders.securityProviders();
        holders.managementBeans();
        holders.nativeCode();
        return List.copyOf(holders.found);
    }

    private boolean owns(@Nullable Object object) {
        return object != null && object.getClass().getClassLoader() == loader;
    }

    /** Whether a plugin wrote the object's class: then nothing that the class may override is called, since it could hang or lie. */
    private static boolean isAPlugins(Object object) {
        return object.getClass().getClassLoader() instanceof PluginClassLoader;
    }

    private void threads() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (owns(thread)) {
                found.add("thread '" + thread.getName() + "', whose class is the plugin's");
            } else if (!isAPlugins(thread) && thread.getContextClassLoader() == loader) {
                found.add("thread '" + thread.getName() + "', whose context class loader it is");
            }
        }
    }

    private void uncaughtExceptionHandler() {
        UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (owns(handler)) {
            found.add("the JVM's default uncaught-exception handler");
        }
    }

    private void logHandlers() {
        LogManager manager = LogManager.getLogManager();
        for (String name : Collections.list(manager.getLoggerNames())) {
            Logger logger = manager.getLogger(name);
            if (logger == null) {
                continue;
            }
            if (owns(logger)) {
                found.add("java.util.logging logger '" + name + "'");
            }
            if (isAPlugins(logger)) {
                continue;
            }
            for (Handler handler : logger.getHandlers()) {
                if (owns(handler)) {
                    found.add("a handler of java.util.logging logger '" + name + "'");
                }
            }
        }
    }

    private void securityProviders() {
        for (Provider provider : Security.getProviders()) {
            if (owns(provider)) {
                found.add("security provider '" + provider.getClass().getName() + "'");
            }
        }
    }

    private void managementBeans() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            try {
                if (server.getClassLoaderFor(name) == loader) {
                    found.add("management bean '" + name + "'");
                }
            } catch (InstanceNotFoundException e) {
                // unregistered since the query, so it holds nothing
            }
        }
    }

    /** The JVM tells nobody what native code holds, so that this is named as what may. */
    private void nativeCode() {
        if (loader instanceof PluginClassLoader plugin) {
            List<String> classes = plugin.classesWithNativeCode();
            if (!classes.isEmpty()) {
                found.add("perhaps the native code behind its class "
                        + String.join(", ", classes)
                        + " (name the jar under 'nativeLibraries' in plugin.yaml)");
            }
        }
    }
}
