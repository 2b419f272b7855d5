package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.traffic.DeadLetters;
import io.dataprism.kernel.traffic.Interceptor;
import io.dataprism.kernel.traffic.Traffic;
import io.dataprism.kernel.vertx.BusConsumer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the parts of a node's messaging together. */
final class LocalMessaging implements Messaging {
    private static final Logger LOG = LoggerFactory.getLogger(Messaging.class);
    private static final long LOSS_MILLIS = 100;
    private static final Duration OLD = Duration.ofSeconds(10);
    private static final String PREFIXES = "dataprism.kernel.prefixes";

    private final LogLimit logged = new LogLimit();
    private final Vertx vertx;
    private final MessagingOptions options;
    private final PermissionGate gate;
    private final FailureReporter failures;
    private final Addresses addresses;
    private final Witness witness = new Witness(this);
    private final Interceptors interceptors = new Interceptors(this);
    private final Replays replays = new Replays(this);
    private final CallRouter calls = new CallRouter(this);
    private final ChannelRouter channels = new ChannelRouter(this);
    private final Dormancy dormancy = new Dormancy(this);
    private final EventRouter events;
    private final BusGuard guard = new BusGuard(this);
    private final Parties parties = new Parties();
    private final SentLedger sent = new SentLedger();
    private final ContractGate contracts;
    private final Losses losses = new Losses(this::soon, this::lost);
    private final LagWatch lagWatch = new LagWatch(OLD);
    private final Turns<Party> turns = new Turns<>(10, parties.all());
    private final Turns<Party> turnsOfOthers = new Turns<>(1_000, parties.others());
    private final Handles handles;
    private final MessageIds ids;
    private final AtomicLong arrivals = new AtomicLong();
    private final Pauses pauses;
    private final Deadlines deadlines;
    private final BusEdge edge;
    private final Runnable stopListening;
    private volatile boolean closed;

    LocalMessaging(Vertx vertx, MessagingOptions options, PermissionGate gate, FailureReporter failures) {
        claimPrefix(vertx, options);
        this.vertx = vertx;
        this.pauses = new Pauses(vertx);
        this.options = options;
        this.gate = gate;
        this.contracts = new ContractGate(gate);
        this.failures = failures;
        this.handles = new Handles(options.node());
        this.ids = new MessageIds(options.node());
        this.events = new EventRouter(this, dormancy, options.retained());
        this.addresses = new Addresses(options.addressPrefix());
        this.deadlines = new Deadlines(options.node());
        this.edge = new BusEdge(this, vertx, options);
        this.stopListening = gate.grants().listen(this::recheck);
        gate.causes(this::causeOf);
        guard.install(vertx.eventBus());
    }

    private static void claimPrefix(Vertx vertx, MessagingOptions options) {
        LocalMap<String, String> prefixes = vertx.sharedData().getLocalMap(PREFIXES);
        String other = prefixes.putIfAbsent(options.addressPrefix(), options.node());
        if (other != null) {
            throw new PluginException(
                    "DP-0407",
                    "Kernel '" + options.node() + "' can't start: kernel '" + other
                            + "' on the same Vertx has the address prefix '" + options.addressPrefix()
                            + "' already. Give one of them another prefix.");
        }
    }

    /** The message that {@code caller}'s code handles on this thread. */
    private String causeOf(Caller caller) {
        return parties.of(caller).stream()
                .map(Party::handled)
                .filter(handled -> handled != MessageIds.NONE)
                .findFirst()
                .map(ids::text)
                .orElse("");
    }

    @Override
    public List<Sent> takeSent() {
        return sent.take(parties.all());
    }

    Addresses addresses() {
        return addresses;
    }

    EventRouter events() {
        return events;
    }

    CallRouter calls() {
        return calls;
    }

    Handles handles() {
        return handles;
    }

    Witness witness() {
        return witness;
    }

    Interceptors interceptors() {
        return interceptors;
    }

    @Override
    public Runnable intercept(Interceptor interceptor, Duration within) {
        return interceptors.add(interceptor, within);
    }

    Replays replays() {
        return replays;
    }

    @Override
    public List<BusConsumer> foreigners() {
        return edge.foreigners();
    }

    @Override
    public List<BusConsumer> foreigners(PluginId id) {
        return edge.foreigners(id);
    }

    @Override
    public List<OpenChannel> openChannels() {
        return channels.open();
    }

    @Override
    public Traffic traffic() {
        return witness.traffic();
    }

    @Override
    public DeadLetters deadLetters() {
        return witness.letters();
    }

    ContractGate contracts() {
        return contracts;
    }

    ChannelRouter channels() {
        return channels;
    }

    BusEdge edge() {
        return edge;
    }

    PermissionGate gate() {
        return gate;
    }

    @Override
    public String node() {
        return options.node();
    }

    MessageIds ids() {
        return ids;
    }

    long nextArrival() {
        return arrivals.incrementAndGet();
    }

    // --- endpoints

    @Override
    public Endpoint endpoint(Caller caller) {
        if (caller.kind() == Caller.Kind.PLUGIN) {
            throw new PluginException(
                    "DP-0103", "A plugin's endpoint is made with open, since it belongs to its deployment.");
        }
        HostParty party = new HostParty(this, caller, vertx.getOrCreateContext(), options.hostQueue());
        parties.add(party);
        endIfLate(party);
        return party;
    }

    /** Whoever comes while all others are ended, and is not seen among them, or later, has ended, too. */
    private void endIfLate(Party party) {
        if (closed) {
            party.close();
        }
    }

    @Override
    public PluginEndpoint open(
            PluginId id, PluginDeployment deployment, Set<String> declaredCapabilities, PluginContracts contracts) {
        PluginParty party = new PluginParty(this, id, deployment, declaredCapabilities, contracts);
        deployment.context().exceptionHandler(failure -> report(party, "a timer or the callback of a future", failure));
        parties.add(party);
        guard.add(party, deployment.mailbox());
        calls.add(party);
        this.contracts.add(party.caller, contracts);
        endIfLate(party);
        return party;
    }

    void forget(Party party) {
        parties.remove(party);
        sent.ended(party);
        if (party instanceof PluginParty plugin) {
            calls.remove(plugin);
            edge.calls().quiesced(plugin);
            guard.forget(plugin);
            contracts.remove(plugin.contracts());
            handles.forget(plugin.caller);
        }
    }

    void serving(PluginParty plugin) {
        dormancy.serving(plugin.id());
        if (!dormancy.isDormant(plugin.id())) {
            edge.calls().serving(plugin);
        }
    }

    void quiesced(PluginParty plugin) {
        edge.calls().quiesced(plugin);
    }

    @Override
    public void activator(Activator activator) {
        calls.activator(activator);
    }

    @Override
    public Runnable dormant(PluginId id, Set<String> capabilities, Set<String> eventTopics) {
        return dormancy.add(id, capabilities, eventTopics);
    }

    @Override
    public void unloaded(PluginId id) {
        events.unloaded(id);
        losses.forget(Caller.plugin(id));
    }

    @Override
    public List<Lag> lag() {
        return parties.all().stream()
                .filter(Party::receives)
                .map(LagSurvey::of)
                .sorted(Comparator.comparing(Lag::isOfPlugin)
                        .reversed()
                        .thenComparing(lag -> lag.who().label()))
                .toList();
    }

    @Override
    public Optional<Lag> lag(PluginId id) {
        return calls.plugin(id.value()).map(LagSurvey::of);
    }

    @Override
    public boolean isHeard(String topic) {
        return events.hears(topic) || edge.events().goOut(topic) || witness.watches() || !interceptors.isEmpty();
    }

    @Override
    public List<Lag> lagChanges(Set<PluginId> stirred) {
        List<Party> looked = new ArrayList<>(turnsOfOthers.next());
        stirred.forEach(id -> looked.addAll(parties.of(Caller.plugin(id))));
        looked.addAll(turns.next());
        return lagWatch.changes(looked);
    }

    @Override
    public Optional<Loss> lastLoss(PluginId id) {
        return losses.last(Caller.plugin(id));
    }

    @Override
    public void remoteTrust(RemoteTrust trust) {
        edge.trust(trust);
    }

    // --- waiting for answers

    /** Completes in {@code party}'s slices after {@code millis}, or when all this ends. */
    Future<Void> pause(Party party, long millis) {
        return pauses.pause(party, millis);
    }

    void await(PendingReply<?> reply) {
        if (reply.from.pending.add(reply)) {
            deadlines.watch(reply.from, reply.due());
        }
        // A party that ended meanwhile has failed what it waited for before this was among it.
        if (reply.from.isClosed()) {
            reply.fail(reply.from.callerEnded());
        }
    }

    /** All who may wait for answers from the bus. */
    List<Party> waiting() {
        List<Party> all = new ArrayList<>(parties.all());
        all.add(edge.party());
        return all;
    }

    void failCallsTo(PluginParty plugin, CallException why) {
        for (Party party : parties.all()) {
            party.pending.failAll(reply -> reply.receiver() == plugin && reply.from != plugin, reply -> why);
        }
        edge.calls().failCallsTo(plugin, why);
    }

    void failRequestsTo(Member member) {
        CallException why = new CallException(
                FailureKind.CANCELLED,
                "'" + member.label + "' left channel '" + member.name() + "' before it answered.");
        // Host code that asked over the raw bus waits, too.
        for (Party party : waiting()) {
            party.pending.failAll(
                    reply -> reply instanceof ChannelRequest<?> request && request.member() == member, reply -> why);
        }
    }

    // --- what goes wrong

    /** In the slice of {@code party}, whose code threw {@code thrown}. */
    void report(Party party, String where, Throwable thrown) {
        SafeFailure failure = SafeFailure.copy(thrown);
        try {
            failures.failed(party.caller, where, failure);
        } catch (RuntimeException worse) {
            logged.say(
                    "a failure of " + party.caller,
                    more -> LOG.error(
                            "The failure of {} in {} could not be reported: {}{}",
                            party.caller,
                            where,
                            failure,
                            more,
                            worse));
        }
    }

    /** For what is written about messages on the way. */
    LogLimit logged() {
        return logged;
    }

    /** What was taken by receivers that ended first. */
    Losses losses() {
        return losses;
    }

    /** Told once what is lost together is counted: a node that ends tells at once. */
    private void soon(Runnable action) {
        edge.soon(LOSS_MILLIS, action);
    }

    private void lost(Loss loss) {
        logged.say("a loss of " + loss.who(), more -> LOG.warn("{}{}", loss.text(), more));
        failures.lost(loss);
    }

    /** What was to start a receiver does not reach it. */
    void lost(String receiver, String where) {
        logged.say(
                "a message to " + receiver,
                more -> LOG.info("A message to {} was lost before it was handled: {}{}", receiver, where, more));
    }

    /** Grants changed: what stands on one that is gone ends. */
    private void recheck(Caller caller) {
        for (Party party : parties.of(caller)) {
            events.recheck(party);
            channels.recheck(party);
            calls.recheck(party);
        }
        edge.calls().recheck(caller);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        stopListening.run();
        parties.all().forEach(Party::close);
        channels.close();
        losses.tell();
        guard.remove(vertx.eventBus());
        deadlines.close();
        pauses.close();
        vertx.sharedData().<String, String>getLocalMap(PREFIXES).remove(options.addressPrefix());
        return edge.close();
    }
}
