package io.dataprism.sandbox.census;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileSystem;
import java.nio.file.spi.FileSystemProvider;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.Provider;
import java.util.List;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.TimeZone;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** What of the JDK is everybody's: from there it goes on to all the others. */
final class Stops {
    private static final List<Class<?>> TYPES = List.of(
            Module.class,
            ModuleLayer.class,
            ThreadGroup.class,
            ProtectionDomain.class,
            CodeSource.class,
            Provider.class,
            FileSystem.class,
            FileSystemProvider.class,
            LogManager.class,
            Logger.class,
            ResourceBundle.class,
            TimeZone.class);
    private static final List<String> PACKAGES =
            List.of("jdk.internal.", "sun.", "java.lang.invoke.", "java.lang.reflect.", "java.lang.ref.Finalizer");

    /** What keeps whatever its maker gave it, though it looks like one of the others. */
    private static final List<Class<?>> HOLDERS =
            List.of(MethodHandle.class, CallSite.class, PropertyResourceBundle.class);

    private Stops() {}

    /** Whether nobody is charged for objects of {@code type}, a class of the JDK. */
    static boolean at(Class<?> type) {
        if (HOLDERS.stream().anyMatch(holder -> holder.isAssignableFrom(type))) {
            return false;
        }
        return PACKAGES.stream().anyMatch(type.getName()::startsWith)
                || TYPES.stream().anyMatch(shared -> shared.isAssignableFrom(type));
    }
}
