package io.dataprism.kernel.lifecycle;

import io.dataprism.sandbox.census.HeldTypes;
import java.util.List;
import java.util.Set;

/**
 * The classes of which the kernel, and Vert.x, make objects for one plugin alone, or that are plain data. What is not named here ends a count, so that a
 * plugin is never charged for the node: a class that is missing makes the count too small, one too many makes it meaningless.
 */
final class HeldForPlugins implements HeldTypes {
    private static final String KERNEL = "io.dataprism.kernel.";
    /** Packages with all their classes, but those of the list below. */
    private static final List<String> PACKAGES = List.of(
            "io.vertx.core.json.",
            "io.vertx.core.buffer.",
            "io.vertx.core.impl.future.",
            "io.dataprism.api.",
            KERNEL + "context.");

    private static final Set<String> SHARED =
            Set.of(KERNEL + "context.TaskBoard", KERNEL + "context.MetricsBoard", KERNEL + "context.NameLookup");

    /** Buffers of Netty's that are nobody else's: those of a pool are. */
    private static final List<String> BUFFERS = List.of("io.netty.buffer.Unpooled", "io.netty.buffer.EmptyByteBuf");

    /** By the names of their packages within the kernel. */
    static final Set<String> OWN = Set.of(
            "messaging.ChannelDelivery",
            "messaging.CapabilityCall",
            "messaging.ChannelRequest",
            "messaging.CountedStream",
            "messaging.Delivery",
            "messaging.EarlyMessages",
            "messaging.EventDelivery",
            "messaging.EventMessage",
            "messaging.FrozenList",
            "messaging.FrozenMap",
            "messaging.HeldEvent",
            "messaging.LazySet",
            "messaging.Letter",
            "messaging.Member",
            "messaging.MemberHandlers",
            "messaging.OpenStreams",
            "messaging.PendingReplies",
            "messaging.PendingReply",
            "messaging.PluginRecords",
            "messaging.SharedRecord",
            "messaging.StreamCall",
            "messaging.StreamConsumer",
            "messaging.StreamProducer",
            "messaging.StreamSink",
            "messaging.TopicSubscription",
            "storage.PluginStorage",
            "storage.StorageLease",
            "storage.StoredContents",
            "vertx.BlockingLane",
            "vertx.MailboxDeployment",
            "vertx.OverflowLane",
            "vertx.ReadOnlyBytes",
            "vertx.SerialMailbox",
            "vertx.SharedBuffers",
            "vertx.SharedBytes",
            "vertx.SlicePromise",
            "vertx.SliceTimers",
            "vertx.StagePromise");

    @Override
    public boolean holds(String type) {
        if (type.startsWith(KERNEL) && OWN.contains(type.substring(KERNEL.length()))) {
            return true;
        }
        return (PACKAGES.stream().anyMatch(type::startsWith) && !SHARED.contains(type))
                || BUFFERS.stream().anyMatch(type::startsWith);
    }
}
