package io.dataprism.sandbox.completeness;

import com.fasterxml.jackson.core.JsonFactory;
import io.dataprism.api.PluginException;
import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.sandbox.rules.ResourceLines;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** What a plugin sees of the host beside the JDK, and the libraries that it leads into. */
final class HostTypes {
    private static final List<Class<?>> ONE_OF_EACH =
            List.of(PluginException.class, Future.class, JsonFactory.class, ByteBuf.class, ReferenceCounted.class);

    private HostTypes() {}

    /** Whether plugins see a type of that name, with dots. */
    static Predicate<String> seen() {
        List<String> listed = ResourceLines.of(PluginClassLoader.class, "visible-types.txt");
        return name -> {
            int nested = name.indexOf('$');
            String outermost = nested < 0 ? name : name.substring(0, nested);
            String inPackage = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            return listed.contains(outermost) || listed.contains(inPackage + ".*");
        };
    }

    /** Add the plugin API, Vert.x, Jackson and Netty, as they are on the class path. */
    static void addTo(CodeBase base) throws IOException {
        for (Class<?> type : ONE_OF_EACH) {
            Path place = placeOf(type);
            if (Files.isDirectory(place)) {
                base.addAll(place, seen());
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(place)) {
                    base.addAll(jar.getPath("/"), seen());
                }
            }
        }
        base.link();
    }

    private static Path placeOf(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("It is not to be told where " + type + " comes from", e);
        }
    }
}
