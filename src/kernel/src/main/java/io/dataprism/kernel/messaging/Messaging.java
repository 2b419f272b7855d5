package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.traffic.DeadLetters;
import io.dataprism.kernel.traffic.Interceptor;
import io.dataprism.kernel.traffic.Traffic;
import io.dataprism.kernel.vertx.BusConsumer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node's messaging: hands out endpoints and connects them with each other and with the bus. Safe to use from any thread. */
public interface Messaging {

    /**
     * The messaging of a kernel on {@code vertx}.
     *
     * @throws io.dataprism.api.PluginException {@code DP-0407} where another kernel on this Vertx has the same address prefix
     */
    static Messaging on(Vertx vertx, MessagingOptions options, PermissionGate gate, FailureReporter failures) {
        return new LocalMessaging(vertx, options, gate, failures);
    }

    /** An endpoint for host, operator or a user of the bridge, on the calling Vert.x context. */
    Endpoint endpoint(Caller caller);

    /**
     * A plugin's endpoint; {@code declaredCapabilities} are those of its manifest, the only ones it may serve. Its messages are held against
     * {@code contracts}.
     */
    PluginEndpoint open(
            PluginId id, PluginDeployment deployment, Set<String> declaredCapabilities, PluginContracts contracts);

    /** The same without contracts. */
    default PluginEndpoint open(PluginId id, PluginDeployment deployment, Set<String> declaredCapabilities) {
        return open(id, deployment, declaredCapabilities, PluginContracts.none());
    }

    /** Who starts plugins that are called while they do not run. */
    void activator(Activator activator);

    /**
     * {@code id} runs only when needed: until the returned handle is run, a call at its bus addresses or an event of {@code topics} (which may be
     * patterns) asks the activator to start it, also after it was stopped. The call waits for it; the event is kept for the subscriptions that it
     * makes while it starts. Calls through endpoints ask the activator anyway.
     */
    Runnable dormant(PluginId id, Set<String> capabilities, Set<String> topics);

    /** {@code id} is unloaded, and not just stopped: what it keeps for others goes. */
    void unloaded(PluginId id);

    /** What waits for each plugin, and what they did not get, by id. */
    List<Lag> lag();

    /** The same of one that is up. */
    Optional<Lag> lag(PluginId id);

    /** Whether anybody takes, sees or changes events of {@code topic}, here or, unless they are the kernel's own, elsewhere; what nobody does need not be published. */
    boolean isHeard(String topic);

    /**
     * Those that fell behind or caught up since the last time that this was asked. One thread at a time.
     *
     * @param stirred the plugins that got something to do since; of the others a few are looked at
     */
    List<Lag> lagChanges(Set<PluginId> stirred);

    /** What {@code id} had taken and not handled when it ended last, since it was loaded; empty where that was nothing. */
    Optional<Loss> lastLoss(PluginId id);

    /** How many messages each was allowed to send since this was asked last, by permission; who sent none is left out. */
    List<Sent> takeSent();

    /** Who decides whom messages from other nodes speak for; at first nobody is trusted. */
    void remoteTrust(RemoteTrust trust);

    String node();

    /**
     * Who consumes, on the raw bus, addresses of plugins that are installed here, or at which such a plugin takes part in a channel, and is not this kernel: such a
     * consumer gets every other message. Empty where this Vertx does not tell.
     */
    List<BusConsumer> foreigners();

    /** Those of them that consume addresses of {@code id}. */
    List<BusConsumer> foreigners(PluginId id);

    /** The channels that were made on this node, by name. */
    List<OpenChannel> openChannels();

    /** Who watches the messages of this node. */
    Traffic traffic();

    /**
     * Have {@code interceptor} asked about each message that is sent on this node, after those that were installed before it. Its verdict is waited for no
     * longer than {@code within}.
     *
     * @return ends that
     */
    Runnable intercept(Interceptor interceptor, Duration within);

    /** What was not handled, or failed. */
    DeadLetters deadLetters();

    /** Close every endpoint, and leave no interceptor, codec, consumer or timer on the Vertx. */
    Future<Void> close();
}
