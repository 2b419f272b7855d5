package io.dataprism.kernel.vertx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedBuffersTest {
    private static final int LENGTH = 300;

    /** Every byte another, negative ones too. */
    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7 + 3);
        }
        return bytes;
    }

    private static Buffer view(byte[] bytes) {
        return SharedBuffers.view(SharedBuffers.share(Buffer.buffer(bytes)));
    }

    @Test
    void aReaderReadsWhatAnyBufferHolds() {
        byte[] bytes = content(LENGTH);
        Buffer plain = Buffer.buffer(bytes);
        Buffer read = view(bytes);
        assertEquals(plain, read);
        assertEquals(read, plain);
        assertEquals(plain.hashCode(), read.hashCode());
        assertEquals(LENGTH, read.length());
        assertArrayEquals(bytes, read.getBytes());
        assertEquals(plain.toString("ISO-8859-1"), read.toString("ISO-8859-1"));
        assertEquals(plain.slice(10, 200), read.slice(10, 200));
        assertEquals(plain.getBuffer(10, 200), read.getBuffer(10, 200));
        assertEquals(plain, read.copy());
        assertEquals(plain, Buffer.buffer().appendBuffer(read));
        for (int at : new int[] {0, 1, 17, 252, LENGTH - 8}) {
            assertEquals(plain.getByte(at), read.getByte(at));
            assertEquals(plain.getUnsignedByte(at), read.getUnsignedByte(at));
            assertEquals(plain.getShort(at), read.getShort(at));
            assertEquals(plain.getShortLE(at), read.getShortLE(at));
            assertEquals(plain.getUnsignedShort(at), read.getUnsignedShort(at));
            assertEquals(plain.getMedium(at), read.getMedium(at));
            assertEquals(plain.getMediumLE(at), read.getMediumLE(at));
            assertEquals(plain.getUnsignedMedium(at), read.getUnsignedMedium(at));
            assertEquals(plain.getInt(at), read.getInt(at));
            assertEquals(plain.getIntLE(at), read.getIntLE(at));
            assertEquals(plain.getUnsignedInt(at), read.getUnsignedInt(at));
            assertEquals(plain.getLong(at), read.getLong(at));
            assertEquals(plain.getLongLE(at), read.getLongLE(at));
            assertEquals(plain.getDouble(at), read.getDouble(at));
            assertEquals(plain.getFloat(at), read.getFloat(at));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> read.getInt(LENGTH - 3));
        assertEquals(Buffer.buffer(), view(new byte[0]));
        assertEquals(
                new JsonObject().put("a", "é"),
                view(new JsonObject().put("a", "é").toBuffer().getBytes()).toJsonObject());
    }

    @Test
    void nobodyWritesToIt() {
        byte[] bytes = content(LENGTH);
        Map<String, Consumer<Buffer>> writes = new LinkedHashMap<>();
        writes.put("setByte", buffer -> buffer.setByte(0, (byte) 1));
        writes.put("setShort", buffer -> buffer.setShort(0, (short) 1));
        writes.put("setShortLE", buffer -> buffer.setShortLE(0, (short) 1));
        writes.put("setMedium", buffer -> buffer.setMedium(0, 1));
        writes.put("setMediumLE", buffer -> buffer.setMediumLE(0, 1));
        writes.put("setInt", buffer -> buffer.setInt(0, 1));
        writes.put("setIntLE", buffer -> buffer.setIntLE(0, 1));
        writes.put("setLong", buffer -> buffer.setLong(0, 1));
        writes.put("setLongLE", buffer -> buffer.setLongLE(0, 1));
        writes.put("setDouble", buffer -> buffer.setDouble(0, 1));
        writes.put("setFloat", buffer -> buffer.setFloat(0, 1));
        writes.put("setBytes", buffer -> buffer.setBytes(0, new byte[4]));
        writes.put("setBytes from a buffer", buffer -> buffer.setBytes(0, ByteBuffer.allocate(4)));
        writes.put("setBuffer", buffer -> buffer.setBuffer(0, Buffer.buffer("abcd")));
        writes.put("setString", buffer -> buffer.setString(0, "abcd"));
        Buffer read = view(bytes);
        for (Map.Entry<String, Consumer<Buffer>> write : writes.entrySet()) {
            for (Buffer buffer : List.of(read, read.slice(), read.slice(0, 100))) {
                assertThrows(
                        ReadOnlyBufferException.class, () -> write.getValue().accept(buffer), write.getKey());
            }
        }
        assertArrayEquals(bytes, read.getBytes());
    }

    @Test
    void whoAppendsHasACopyOfItsOwn() {
        byte[] bytes = content(LENGTH);
        Object shared = SharedBuffers.share(Buffer.buffer(bytes));
        Buffer one = SharedBuffers.view(shared);
        Buffer other = SharedBuffers.view(shared);
        assertThrows(IndexOutOfBoundsException.class, () -> other.appendByte((byte) 1));
        one.appendString("abcd");
        one.setByte(0, (byte) 99);
        assertEquals(LENGTH + 4, one.length());
        assertArrayEquals(bytes, other.getBytes());
    }

    /** Host code that works with Netty gets at what is behind a buffer, too. */
    @Test
    void nothingLeadsToTheArray() throws Exception {
        byte[] bytes = content(LENGTH);
        Buffer read = view(bytes);
        for (ByteBuf shown = ((BufferInternal) read).getByteBuf(); shown != null; shown = shown.unwrap()) {
            ByteBuf each = shown;
            assertTrue(each.isReadOnly());
            assertFalse(each.hasArray());
            assertThrows(ReadOnlyBufferException.class, each::array);
            assertTrue(each.nioBuffer().isReadOnly());
            assertTrue(each.internalNioBuffer(0, 10).isReadOnly());
            assertThrows(ReadOnlyBufferException.class, () -> each.setByte(0, 1));
            assertThrows(ReadOnlyBufferException.class, () -> each.setZero(0, 8));
            each.getBytes(0, spoiling(), LENGTH);
            each.release();
        }
        assertArrayEquals(bytes, read.getBytes());
    }

    /** A stream that writes into the array that it gets. */
    private static OutputStream spoiling() {
        return new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] given, int from, int length) {
                given[from]++;
            }
        };
    }

    /** That a buffer is read-only does not say that nobody writes to its bytes. */
    @Test
    void whatSomebodyElseMayWriteToIsCopied() {
        byte[] bytes = content(LENGTH);
        Buffer readOnly = BufferInternal.buffer(Unpooled.wrappedBuffer(bytes).asReadOnly());
        Object shared = SharedBuffers.share(readOnly);
        bytes[0]++;
        assertArrayEquals(content(LENGTH), SharedBuffers.view(shared).getBytes());
    }

    @Test
    void whatIsSharedAlreadyIsSharedAgainAndAPartOfItIsCopied() {
        Object shared = SharedBuffers.share(Buffer.buffer(content(LENGTH)));
        Buffer read = SharedBuffers.view(shared);
        assertSame(shared, SharedBuffers.share(read));
        assertSame(shared, SharedBuffers.share(read.slice()));
        assertEquals(read.slice(0, 299), SharedBuffers.view(SharedBuffers.share(read.slice(0, 299))));
        Buffer other = SharedBuffers.view(shared);
        other.readFromBuffer(0, Buffer.buffer().appendInt(2).appendString("ab"));
        assertEquals(LENGTH, read.length(), "one reader's buffer is not another's");
    }

    @Test
    void itGoesToSocketsAndFiles(@TempDir Path folder) throws Exception {
        byte[] bytes = content(100_000);
        Object shared = SharedBuffers.share(bytes);
        Vertx vertx = Vertx.vertx();
        CompletableFuture<Buffer> received = new CompletableFuture<>();
        NetServer server = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(RecordParser.newFixed(bytes.length, received::complete)));
        int port = await(server.listen(0, "127.0.0.1")).actualPort();
        NetSocket client = await(vertx.createNetClient().connect(port, "127.0.0.1"));
        await(client.write(SharedBuffers.view(shared)));
        assertArrayEquals(bytes, received.get(20, TimeUnit.SECONDS).getBytes());
        Path file = folder.resolve("bytes");
        await(vertx.fileSystem().writeFile(file.toString(), SharedBuffers.view(shared)));
        assertArrayEquals(bytes, Files.readAllBytes(file));
        var opened = await(vertx.fileSystem().open(folder.resolve("more").toString(), new OpenOptions()));
        await(opened.write(SharedBuffers.view(shared)));
        await(opened.close());
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("more")));
        try (FileChannel channel =
                FileChannel.open(folder.resolve("own"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ((SharedBytes) shared).getBytes(0, channel, bytes.length);
            ((SharedBytes) shared).getBytes(0, channel, bytes.length, bytes.length);
        }
        assertEquals(2 * bytes.length, Files.size(folder.resolve("own")));
        await(vertx.close());
        assertArrayEquals(bytes, SharedBuffers.view(shared).getBytes());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
