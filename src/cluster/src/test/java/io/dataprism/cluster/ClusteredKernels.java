package io.dataprism.cluster;

import io.dataprism.api.Caller;
import io.dataprism.api.Event;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Kernels of one cluster in one JVM, for tests. */
final class ClusteredKernels implements AutoCloseable {
    private final List<ClusteredNode> nodes = new ArrayList<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final String cluster;
    private final Path folder;

    ClusteredKernels(String cluster, Path folder) {
        this.cluster = cluster + "-" + ProcessHandle.current().pid();
        this.folder = folder;
    }

    /** Start one more, which joins those that there are. */
    Kernel start(String name) {
        List<String> members = nodes.isEmpty()
                ? List.of()
                : List.of("127.0.0.1:" + nodes.get(0).port());
        ClusteredNode node = await(ClusteredNode.start(
                new ClusterOptions(
                        cluster, name, "127.0.0.1", "127.0.0.1", 0, 0, members, false, Duration.ofSeconds(10)),
                new VertxOptions()));
        nodes.add(node);
        Kernel kernel = await(
                Kernel.create(node.vertx(), KernelOptions.DEFAULT.withNode(name).withDataFolder(folder.resolve(name))));
        kernel.remoteTrust(node.trust());
        kernels.add(kernel);
        return kernel;
    }

    /** The node of the kernel that was started as number {@code index}. */
    ClusteredNode node(int index) {
        return nodes.get(index);
    }

    /** {@code user} may do this on all nodes. */
    void grant(String user, String permission) {
        kernels.forEach(kernel -> kernel.grants()
                .grant(
                        Caller.user(user),
                        io.dataprism.kernel.permission.Permission.parse(permission),
                        "test",
                        "for a test"));
    }

    /** Until {@code there} gets what {@code here} publishes: a node learns of its peers after it has joined. */
    static void connect(Kernel here, Kernel there) {
        BlockingQueue<Event> heard = subscribe(there, "connected");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            await(here.events().publish("connected", 0));
            return heard.poll(50, TimeUnit.MILLISECONDS) != null;
        });
    }

    static BlockingQueue<Event> subscribe(Kernel kernel, String pattern) {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        await(kernel.events().subscribe(pattern, events::add));
        return events;
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T item = queue.poll(60, TimeUnit.SECONDS);
        if (item == null) {
            throw new AssertionError("Nothing came within 60 s.");
        }
        return item;
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        kernels.forEach(kernel -> await(kernel.close(Duration.ofSeconds(10))));
        nodes.forEach(node -> await(node.close()));
    }
}
