package io.dataprism.kernel.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.PluginId;
import io.dataprism.child.wire.FrameReader;
import io.dataprism.child.wire.FrameSender;
import io.dataprism.child.wire.Kind;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireOutput;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A child that speaks the wire, and means ill. */
final class HostileChildTest {
    private static final int LARGE = 2 << 20;
    private static final int FLOOD = 400_000;
    private static final long NOTHING_MORE_MILLIS = 300;

    private final Vertx vertx = Vertx.vertx();
    private final PluginDeployer deployer = PluginDeployer.on(vertx, CarrierOptions.defaults());
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private PluginDeployment deployment;
    private Path folder;
    private SocketChannel child;
    private FrameSender sender;
    private ProcessLink link;
    /** What the kernel does with a question. */
    private ProcessLink.Listener listener;

    @BeforeEach
    void connect() throws Exception {
        deployment = done(deployer.deploy(new PluginId("p"), new VerticleBase() {}, new DeploymentOptions()));
        folder = Files.createTempDirectory(Path.of("/tmp"), "dpt");
        Path socket = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            child = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            SocketChannel kernel = server.accept();
            kernel.configureBlocking(false);
            listener = new Kernel();
            link = new ProcessLink(kernel, deployment, listener);
        }
        sender = new FrameSender(child);
        link.start("p");
    }

    @AfterEach
    void close() throws Exception {
        child.close();
        link.close(new CallException(io.dataprism.api.FailureKind.CANCELLED, "over"));
        done(vertx.close());
        deployer.close();
        Files.delete(folder.resolve("s"));
        Files.delete(folder);
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Answers what is asked at once, and counts the rest as waiting for slices that never come. */
    private final class Kernel implements ProcessLink.Listener {

        @Override
        public void take(Kind kind, Op op, long number, byte[] content) {
            taken.incrementAndGet();
            if (kind == Kind.ASK) {
                link.answer(number, 1L);
            } else {
                link.queued(content.length);
            }
        }

        @Override
        public void reads() {
            reads.incrementAndGet();
        }

        @Override
        public void ended(String why, boolean malformed) {
            ended.complete(malformed);
        }
    }

    private static WireOutput large() {
        WireOutput out = new WireOutput();
        Values.write(out, Buffer.buffer(new byte[LARGE]));
        return out;
    }

    @Test
    void answersThatNobodyHasLookedAtAreReadToABoundAlone() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        deployment.execute(() -> {
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        List<Future<Object>> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asked.add(link.ask(Op.ALIVE, out -> {}));
        }
        Thread speaks = new Thread(() -> {
            try {
                for (int i = 1; i <= 8; i++) {
                    sender.send(large().as(Kind.ANSWER, Op.NONE, i));
                }
            } catch (IOException e) {
                ended.completeExceptionally(e);
            }
        });
        speaks.start();
        await().until(link::isPaused);
        assertTrue(link.open() > 0, "none is read any more while the others wait");
        held.countDown();
        for (Future<Object> answer : asked) {
            assertEquals(LARGE, ((Buffer) done(answer)).length());
        }
        speaks.join();
        assertFalse(link.isPaused());
    }

    @Test
    void whoReadsNothingIsReadNoMore() throws Exception {
        child.configureBlocking(false);
        int sent = 0;
        try (Selector selector = Selector.open()) {
            child.register(selector, SelectionKey.OP_WRITE);
            boolean room = true;
            while (sent < FLOOD && room) {
                sent++;
                if (!sender.send(new WireOutput().as(Kind.ASK, Op.MEMORY, sent))) {
                    do {
                        room = selector.select(NOTHING_MORE_MILLIS) > 0;
                        selector.selectedKeys().clear();
                    } while (room && !sender.resume());
                }
            }
        }
        assertTrue(sent < FLOOD, sent + " answers were kept for who reads none");
        assertFalse(ended.isDone());
        // It reads: then all is taken and answered, and that it reads is seen.
        AtomicInteger answers = new AtomicInteger();
        FrameReader reader = new FrameReader(child, (kind, op, number, content) -> answers.incrementAndGet());
        boolean written = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (answers.get() < sent && System.nanoTime() < end) {
            reader.read();
            written = written || sender.resume();
        }
        assertEquals(sent, answers.get());
        assertEquals(sent, taken.get());
        assertTrue(reads.get() > 0);
    }

    @Test
    void whatNobodyWaitsForIsNotKeptAndMayBeAnsweredLate() throws Exception {
        ProcessLink.Question asked = link.question(Op.ALIVE, out -> {});
        link.forget(asked.number(), "no more");
        assertEquals(0, link.open());
        ExecutionException failed = assertThrows(ExecutionException.class, () -> done(asked.answer()));
        assertEquals("no more", failed.getCause().getMessage());
        Future<Object> next = link.ask(Op.ALIVE, out -> {});
        sender.send(value(1).as(Kind.ANSWER, Op.NONE, 1));
        sender.send(value(2).as(Kind.ANSWER, Op.NONE, 2));
        assertEquals(2, done(next));
        sender.send(value(3).as(Kind.ANSWER, Op.NONE, 3));
        assertTrue(ended.get(10, TimeUnit.SECONDS), "an answer to what was never asked");
    }

    private static WireOutput value(int value) {
        WireOutput out = new WireOutput();
        Values.write(out, value);
        return out;
    }

    @Test
    void probesThatAreNotAnsweredAreNotCollected() throws Exception {
        Probing probing = new Probing(link, Op.ALIVE);
        Future<Void> first = probing.ask();
        for (int i = 0; i < 100; i++) {
            probing.ask();
        }
        assertEquals(1, link.open());
        assertThrows(ExecutionException.class, () -> done(first));
    }

    @Test
    void halfAConnectionIsNone() throws Exception {
        child.shutdownInput();
        link.tell(Op.GRANTS_CHANGED, 0, out -> {});
        assertFalse(ended.get(10, TimeUnit.SECONDS));
    }

    @Test
    void anEndIsSeenWhileNothingIsRead() throws Exception {
        sender.send(large().as(Kind.TELL, Op.LOG, 1));
        sender.send(large().as(Kind.TELL, Op.LOG, 1));
        await().until(link::isPaused);
        // What it said last is taken all the same.
        sender.send(value(1).as(Kind.TELL, Op.LOG, 1));
        child.close();
        link.over();
        assertFalse(ended.get(10, TimeUnit.SECONDS));
        assertEquals(3, taken.get());
    }
}
