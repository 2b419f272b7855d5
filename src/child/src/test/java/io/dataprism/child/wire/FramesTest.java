package io.dataprism.child.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Frames and values there and back, and what is said of those that can't be. */
final class FramesTest {
    private static final int HEAD = Wire.HEAD;

    private static byte[] bytes(WireOutput frame) {
        return Arrays.copyOf(frame.bytes(), frame.length());
    }

    private static Object back(Object value) throws MalformedFrameException {
        WireOutput out = new WireOutput();
        Values.write(out, value);
        WireInput in = new WireInput(out.content());
        Object read = Values.read(in);
        in.end();
        return read;
    }

    private static List<String> read(byte[] stream, int most) throws IOException {
        List<String> frames = new ArrayList<>();
        FrameReader reader = new FrameReader(
                Channels.newChannel(new ByteArrayInputStream(stream)),
                (kind, op, number, content) -> frames.add(kind + " " + op + " " + number + " " + content.length),
                most);
        while (reader.read() >= 0) {
            // until the end
        }
        return frames;
    }

    @Test
    void valuesComeBackAsTheyWere() throws Exception {
        for (Object value : Arrays.asList(
                null,
                true,
                false,
                7,
                -1L << 40,
                2.5,
                1.5f,
                (short) -3,
                (byte) -4,
                'ä',
                "text \u2028 ä \uD83D\uDE00",
                new BigDecimal("-1.50"),
                BigInteger.TWO.pow(200),
                Instant.ofEpochSecond(-5, 7),
                Buffer.buffer("bytes"))) {
            assertEquals(value, back(value));
        }
        JsonObject object = new JsonObject()
                .put("list", new JsonArray().add(1).addNull().add(new JsonObject()))
                .put("long", "x".repeat(100_000));
        assertEquals(object, back(object));
        assertThrows(PluginException.class, () -> back(new Object()));
        JsonObject circle = new JsonObject();
        circle.put("itself", circle);
        assertEquals(
                "DP-0405",
                assertThrows(PluginException.class, () -> back(circle)).code());
        assertEquals(
                "DP-0983",
                assertThrows(PluginException.class, () -> back("x".repeat(Wire.MOST_BYTES)))
                        .code());
    }

    @Test
    void framesAreReadHoweverTheyArrive() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            byte[] content = new byte[i * 4_000];
            all.write(bytes(new WireOutput().bytes(content).as(Kind.ASK, Op.PUBLISH, i)));
            sent.add("ASK PUBLISH " + i + " " + (content.length + 4));
        }
        assertEquals(sent, read(all.toByteArray(), Wire.MOST_BYTES));
    }

    @Test
    void whatIsNoFrameIsRefused() {
        byte[] good = bytes(new WireOutput().text("x").as(Kind.TELL, Op.LOG, 1));
        assertRefused(changed(good, 4, 2), "version 2");
        assertRefused(changed(good, 5, 9), "kind 9");
        assertRefused(changed(good, 6, 250), "about 250");
        assertRefused(changed(good, 0, 0x7f), "bytes: from");
        assertRefused(changed(good, 0, 0xff), "bytes: from");
        MalformedFrameException large = assertThrows(MalformedFrameException.class, () -> read(good, good.length - 1));
        assertTrue(large.getMessage().contains("bytes: from"), large.getMessage());
    }

    private static byte[] changed(byte[] good, int at, int to) {
        byte[] other = good.clone();
        other[at] = (byte) to;
        return other;
    }

    private static void assertRefused(byte[] stream, String why) {
        MalformedFrameException refused =
                assertThrows(MalformedFrameException.class, () -> read(stream, Wire.MOST_BYTES));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    /** Whatever comes is read, or refused as malformed; nothing else happens. */
    @Test
    void anyBytesAreReadOrRefused() throws Exception {
        Random random = new Random(7);
        WireOutput out = new WireOutput();
        Values.write(
                out,
                new JsonObject()
                        .put("a", new JsonArray().add(1).add("b").add(2.5))
                        .put("c", Buffer.buffer("d")));
        WireFailure.of(new CallException(FailureKind.BUSY, "x")).write(out);
        byte[] good = out.content();
        for (int i = 0; i < 20_000; i++) {
            byte[] other = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                other[random.nextInt(other.length)] = (byte) random.nextInt(256);
            }
            WireInput in = new WireInput(Arrays.copyOf(other, random.nextInt(other.length + 1)));
            try {
                Values.read(in);
                WireFailure.read(in).thrown();
            } catch (MalformedFrameException refused) {
                assertTrue(refused.getMessage() != null);
            }
        }
    }

    @Test
    void manyValuesInFewBytesAreRefused() {
        WireOutput out = new WireOutput().u8(13);
        for (int i = 0; i <= Wire.MOST_VALUES; i++) {
            out.u8(0);
        }
        assertThrows(
                MalformedFrameException.class,
                () -> Values.read(new WireInput(out.u8(17).content())));
        WireOutput deep = new WireOutput();
        for (int i = 0; i < 100_000; i++) {
            deep.u8(13);
        }
        assertThrows(MalformedFrameException.class, () -> Values.read(new WireInput(deep.content())));
    }

    @Test
    void failuresKeepWhatTheyAre() throws Exception {
        assertEquals(FailureKind.LATE, ((CallException) back(new CallException(FailureKind.LATE, "late"))).kind());
        assertEquals("p", ((PermissionDeniedException) back(new PermissionDeniedException("p", "no"))).permission());
        assertEquals("DP-7777", ((PluginException) back(new PluginException("DP-7777", "own"))).code());
        RuntimeException other = back(new IllegalArgumentException("wrong", new IOException("inner")));
        assertEquals("wrong", other.getMessage());
        assertEquals("java.io.IOException: inner", other.getCause().getMessage());
        assertEquals("failuresKeepWhatTheyAre", other.getStackTrace()[0].getMethodName());
    }

    private static RuntimeException back(Throwable failure) throws MalformedFrameException {
        WireOutput out = new WireOutput();
        WireFailure.of(failure).write(out);
        return WireFailure.read(new WireInput(out.content())).thrown();
    }

    /** A channel that takes a few bytes at a time, and often none. */
    private static final class Slow implements WritableByteChannel {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int turn;

        @Override
        public int write(ByteBuffer from) {
            if (turn++ % 3 == 2) {
                return 0;
            }
            int length = Math.min(from.remaining(), 1_000);
            byte[] some = new byte[length];
            from.get(some);
            taken.writeBytes(some);
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Counts frames, and who writes. */
    private static final class Counting implements WritableByteChannel {
        private final AtomicInteger writers = new AtomicInteger();
        private final AtomicBoolean together = new AtomicBoolean();
        private long bytes;

        @Override
        public int write(ByteBuffer from) {
            if (writers.getAndIncrement() != 0) {
                together.set(true);
            }
            int length = from.remaining();
            bytes += length;
            from.position(from.limit());
            writers.getAndDecrement();
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void oneWritesAtATimeAndNothingIsLost() throws Exception {
        Counting channel = new Counting();
        FrameSender sender = new FrameSender(channel);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                try {
                    for (int sent = 0; sent < 50_000; sent++) {
                        sender.send(new WireOutput().i64(sent).as(Kind.TELL, Op.EVENT, sent));
                    }
                } catch (Throwable e) {
                    failed.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failed);
        assertEquals(false, channel.together.get());
        assertEquals(4 * 50_000L * (HEAD + Long.BYTES), channel.bytes);
    }

    @Test
    void whatAChannelDoesNotTakeAtOnceIsNotLost() throws Exception {
        Slow channel = new Slow();
        FrameSender sender = new FrameSender(channel);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        boolean going = true;
        for (int i = 0; i < 40; i++) {
            WireOutput frame = new WireOutput().bytes(new byte[i * 300]).as(Kind.TELL, Op.EVENT, i);
            expected.write(bytes(frame));
            boolean sent = sender.send(frame);
            going = going && sent;
        }
        while (!going) {
            going = sender.resume();
        }
        assertArrayEquals(expected.toByteArray(), channel.taken.toByteArray());
        assertEquals(0, sender.waitingBytes());
        assertEquals(HEAD, new WireOutput().length());
    }
}
