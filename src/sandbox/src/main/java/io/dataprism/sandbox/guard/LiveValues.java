package io.dataprism.sandbox.guard;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an argument of a call says of its target. Only of objects that cannot say one thing to the guard and another to the JDK: a subclass that the
 * plugin made of {@code File}, or a list of its own, tells nothing.
 */
final class LiveValues {
    /** Lists that hold what they are made of. */
    private static final Set<String> PLAIN_LISTS = Set.of(
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN",
            "java.util.LinkedList");

    /** Those that say what they are without calling anything; a LongAccumulator calls the function that it was made with. */
    private static final Set<Class<?>> NUMBERS = Set.of(
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            Boolean.class,
            Character.class);

    private LiveValues() {}

    /** Empty where it can't be told. */
    static Optional<String> text(@Nullable Object value) {
        if (value instanceof String text) {
            return Optional.of(text);
        }
        if (value == null || value.getClass().getClassLoader() != null) {
            return Optional.empty();
        }
        if (value instanceof File file) {
            return Optional.of(file.getPath());
        }
        if (value instanceof Path path) {
            return path.getFileSystem() == FileSystems.getDefault() ? Optional.of(path.toString()) : Optional.empty();
        }
        if (NUMBERS.contains(value.getClass())) {
            return Optional.of(value.toString());
        }
        return value instanceof Object[] all ? first(all) : address(value);
    }

    private static Optional<String> first(Object[] all) {
        return all.length == 0 ? Optional.empty() : text(all[0]);
    }

    private static Optional<String> address(Object value) {
        if (value instanceof URL url) {
            return Optional.of(text(url));
        }
        if (value instanceof URI uri) {
            return Optional.of(uri.toString());
        }
        if (value instanceof URLConnection connection) {
            return Optional.of(text(connection.getURL()));
        }
        if (value instanceof InetSocketAddress socket) {
            return Optional.of(socket.getHostString() + ":" + socket.getPort());
        }
        if (value instanceof InetAddress address) {
            return Optional.of(address.getHostAddress());
        }
        return value instanceof ProcessBuilder process ? program(process.command()) : Optional.empty();
    }

    private static Optional<String> program(List<String> command) {
        // A list that the plugin made, or one of the JDK's that stands before it, may say another thing each time.
        return !PLAIN_LISTS.contains(command.getClass().getName()) || command.isEmpty()
                ? Optional.empty()
                : text(command.get(0));
    }

    /** Of its parts, since a handler of the plugin's own may write the whole as it likes. */
    private static String text(URL url) {
        String host = url.getHost().isEmpty() ? "" : "//" + url.getHost();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getProtocol() + ":" + host + port + url.getFile();
    }
}
