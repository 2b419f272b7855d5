package io.dataprism.cluster;

import static io.dataprism.cluster.ClusteredKernels.await;
import static io.dataprism.cluster.ClusteredKernels.connect;
import static io.dataprism.cluster.ClusteredKernels.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Channel;
import io.dataprism.api.FailureKind;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.WhenFull;
import io.dataprism.kernel.Kernel;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a member on another node chose for its full mailbox holds there, and the sender here learns what becomes of its message. */
final class HeldElsewhereTest {
    /** Seven of these fill a mailbox of 16 MiB. */
    private static final String LARGE = "x".repeat(1 << 20);

    private static final int FILL = 7;
    private static final int HELD = 2;

    @TempDir
    Path folder;

    private final CountDownLatch release = new CountDownLatch(1);
    private final BlockingQueue<Object> got = new LinkedBlockingQueue<>();

    /** A member on a thread that may be held up. */
    private final class Slow extends VerticleBase {
        private final Kernel kernel;

        Slow(Kernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public Future<?> start() {
            return kernel.endpoint(Caller.user("ada")).channels().join("talk").map(this::listen);
        }

        private Channel listen(Channel channel) {
            channel.onMessage(new SubscribeOptions(WhenFull.HOLD, HELD), message -> {
                got.add(message.message());
                release.await();
                return null;
            });
            return channel;
        }
    }

    @Test
    void aHeldSenderOnAnotherNodeWaitsAndBeyondThatItIsRefused() throws Exception {
        try (ClusteredKernels nodes = new ClusteredKernels("held-test", folder)) {
            Kernel first = nodes.start("first");
            Kernel second = nodes.start("second");
            connect(first, second);
            connect(second, first);
            nodes.grant("ada", "channel:talk");
            Channel out = await(first.channels().create("talk", Set.of("user:ada")));
            await(nodes.node(1)
                    .vertx()
                    .deployVerticle(
                            new Slow(second), new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
            await(out.send("user:ada", LARGE));
            next(got);
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < FILL + HELD + 1; i++) {
                sent.add(out.send("user:ada", LARGE));
            }
            CompletionException refused = assertThrows(CompletionException.class, () -> await(sent.get(FILL + HELD)));
            assertEquals(
                    FailureKind.BUSY,
                    assertInstanceOf(CallException.class, refused.getCause()).kind());
            await(sent.get(FILL - 1));
            assertFalse(sent.get(FILL).isComplete());
            assertFalse(sent.get(FILL + HELD - 1).isComplete());
            release.countDown();
            for (int i = 0; i < FILL + HELD; i++) {
                await(sent.get(i));
                next(got);
            }
        }
    }
}
