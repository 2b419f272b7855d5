package io.dataprism.kernel.process;

import io.dataprism.child.wire.FrameReader;
import io.dataprism.child.wire.Kind;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.WireInput;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a child and the kernel find each other: a socket in a folder of the kernel's own, at which one connection is taken, of who knows the token. For one
 * thread, which it blocks.
 */
final class Rendezvous implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rendezvous.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 32;
    private static final int LONGEST_GREETING = 1_024;
    private static final long GREETING_MILLIS = 2_000;
    private static final long LOOK_MILLIS = 20;
    /** What a system takes at least as the path of a socket. */
    private static final int LONGEST_PATH = 100;

    private final Path folder;
    private final Path socket;
    private final ServerSocketChannel server;
    private final String token;

    Rendezvous() throws IOException {
        byte[] random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        token = HexFormat.of().formatHex(random);
        folder = folder();
        socket = folder.resolve("s");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket), 1);
            server.configureBlocking(false);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A folder that nobody else may enter, whose path leaves room for the socket's name. */
    private static Path folder() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        Path in = temporary.toString().length() + 32 > LONGEST_PATH ? Path.of("/tmp") : temporary;
        return Files.createTempDirectory(
                in, "dp", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** What the child is to say first. */
    String token() {
        return token;
    }

    Path socket() {
        return socket;
    }

    /**
     * The connection of who knows the token; others are closed.
     *
     * @param alive whether it may still come
     */
    SocketChannel await(Duration most, BooleanSupplier alive) throws IOException {
        long end = System.nanoTime() + most.toNanos();
        try (Selector selector = Selector.open()) {
            server.register(selector, SelectionKey.OP_ACCEPT);
            while (System.nanoTime() - end < 0) {
                selector.select(LOOK_MILLIS);
                selector.selectedKeys().clear();
                SocketChannel came = server.accept();
                if (came != null) {
                    if (isExpected(came)) {
                        return came;
                    }
                    came.close();
                } else if (!alive.getAsBoolean()) {
                    throw new IOException("it ended before it connected");
                }
            }
        }
        throw new IOException("it did not connect within " + most.toMillis() + " ms");
    }

    private boolean isExpected(SocketChannel came) throws IOException {
        came.configureBlocking(false);
        boolean[] greeted = new boolean[1];
        FrameReader reader = new FrameReader(
                came,
                (kind, op, number, content) -> {
                    WireInput in = new WireInput(content);
                    String said = in.text();
                    in.end();
                    if (kind != Kind.HELLO || !isToken(said)) {
                        throw new MalformedFrameException("a greeting without the token");
                    }
                    greeted[0] = true;
                },
                LONGEST_GREETING);
        long end = System.nanoTime() + Duration.ofMillis(GREETING_MILLIS).toNanos();
        try (Selector selector = Selector.open()) {
            came.register(selector, SelectionKey.OP_READ);
            while (!greeted[0] && System.nanoTime() - end < 0) {
                selector.select(LOOK_MILLIS);
                selector.selectedKeys().clear();
                if (reader.read() < 0) {
                    return false;
                }
            }
        } catch (IOException e) {
            LOG.warn("Somebody connected to a plugin's socket who is not its process: {}", e.getMessage());
            return false;
        }
        return greeted[0];
    }

    private boolean isToken(String said) {
        return MessageDigest.isEqual(said.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /** Nobody else connects, and nothing is left on the disk. */
    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(folder);
    }
}
