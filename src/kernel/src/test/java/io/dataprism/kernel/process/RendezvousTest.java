package io.dataprism.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.child.wire.FrameSender;
import io.dataprism.child.wire.Kind;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.WireOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who connects to a plugin's socket, and does not know the token, gets nothing. */
final class RendezvousTest {

    private static SocketChannel connect(Rendezvous place) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(place.socket()));
    }

    private static CompletableFuture<SocketChannel> await(Rendezvous place) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return place.await(Duration.ofSeconds(20), () -> true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void isClosed(SocketChannel stranger) throws IOException {
        assertEquals(-1, stranger.read(ByteBuffer.allocate(1)));
        stranger.close();
    }

    @Test
    void strangersAreTurnedAwayUntilTheChildComes() throws Exception {
        Rendezvous place = new Rendezvous();
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(place.socket().getParent())));
        CompletableFuture<SocketChannel> came = await(place);
        SocketChannel wrong = connect(place);
        new FrameSender(wrong).send(new WireOutput().text("0".repeat(64)).as(Kind.HELLO, Op.NONE, 0));
        isClosed(wrong);
        SocketChannel garbage = connect(place);
        garbage.write(ByteBuffer.wrap(
                new byte[] {'G', 'E', 'T', ' ', '/', ' ', 'H', 'T', 'T', 'P', '/', '1', '.', '1', '\n', '\n'}));
        isClosed(garbage);
        SocketChannel large = connect(place);
        large.write(ByteBuffer.allocate(4).putInt(1 << 20).flip());
        large.write(ByteBuffer.allocate(64));
        isClosed(large);
        assertFalse(came.isDone());
        SocketChannel child = connect(place);
        new FrameSender(child).send(new WireOutput().text(place.token()).as(Kind.HELLO, Op.NONE, 0));
        assertTrue(came.get(20, TimeUnit.SECONDS).isConnected());
        place.close();
        assertFalse(Files.exists(place.socket().getParent()));
        assertThrows(IOException.class, () -> connect(place));
        child.close();
        came.get().close();
    }

    @Test
    void nobodyIsWaitedForWhoEndedBefore() throws Exception {
        try (Rendezvous place = new Rendezvous()) {
            IOException ended = assertThrows(IOException.class, () -> place.await(Duration.ofSeconds(20), () -> false));
            assertEquals("it ended before it connected", ended.getMessage());
        }
    }
}
