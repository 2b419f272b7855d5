package io.dataprism.child;

import com.fasterxml.jackson.core.JsonFactory;
import io.dataprism.api.Plugin;
import io.dataprism.sandbox.PluginClassLoader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.objectweb.asm.ClassReader;

/** The jars that a child is made of: those that the classes come from which it needs, and none else. */
public final class ChildJars {
    private static final List<Class<?>> NEEDED = List.of(
            Child.class,
            Plugin.class,
            PluginClassLoader.class,
            ClassReader.class,
            Future.class,
            io.vertx.core.internal.logging.Logger.class,
            ByteBuf.class,
            EventExecutor.class,
            EventLoop.class,
            JsonFactory.class,
            NullMarked.class);

    private ChildJars() {}

    /** Where they are on this machine, each a jar or a folder of classes. */
    public static List<Path> all() {
        Set<Path> found = new LinkedHashSet<>();
        for (Class<?> type : NEEDED) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            if (source == null || source.getLocation() == null) {
                throw new IllegalStateException("It can't be told where " + type.getName() + " was loaded from");
            }
            try {
                found.add(Path.of(source.getLocation().toURI()));
            } catch (URISyntaxException e) {
                throw new IllegalStateException(type.getName() + " was loaded from no file", e);
            }
        }
        return List.copyOf(found);
    }
}
