package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.contract.BodyContract;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.manifest.Contracts;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Holds messages against the contracts of the plugins that run. Calls are checked in the called plugin's slice, before its handler and
 * after; events and channel messages on the sender's thread, before anybody gets them. What a plugin says of a topic counts while it may
 * publish it: nobody else's events can be forbidden by a manifest. Safe to use from any thread.
 */
final class ContractGate {
    /** The code of an event or channel message that breaks a contract. */
    static final String BROKEN = "DP-0422";

    private final PermissionGate gate;
    private final Map<String, List<Described>> topics = new ConcurrentHashMap<>();

    ContractGate(PermissionGate gate) {
        this.gate = gate;
    }

    /** A topic as one plugin describes it, and what that plugin needs for it. */
    private record Described(Caller owner, Permission needed, PluginContracts contracts, BodyContract contract) {}

    /** {@code contracts} of {@code owner} count from now on. */
    void add(Caller owner, PluginContracts contracts) {
        contracts.events().forEach((topic, contract) -> {
            if (!Topic.isKernels(topic)) {
                add(topic, new Described(owner, Permission.publish(topic), contracts, contract));
            }
        });
    }

    private void add(String topic, Described described) {
        topics.compute(topic, (name, others) -> {
            List<Described> all = others == null ? new CopyOnWriteArrayList<>() : others;
            all.add(described);
            return all;
        });
    }

    /** They count no more. */
    void remove(PluginContracts contracts) {
        contracts
                .events()
                .keySet()
                .forEach(topic -> topics.computeIfPresent(topic, (name, described) -> {
                    described.removeIf(one -> one.contracts == contracts);
                    return described.isEmpty() ? null : described;
                }));
    }

    /** @throws CallException {@code INVALID} where {@code body} is not what {@code capability} takes */
    static void requireRequest(
            PluginContracts contracts, Caller caller, boolean here, String capability, @Nullable Object body) {
        if (here && !contracts.isChecked(Contracts.Kind.CALLS)) {
            return;
        }
        contracts
                .request(capability)
                .flatMap(contract -> contract.breach(SharedRecord.json(body)))
                .ifPresent(breach -> {
                    throw new CallException(
                            FailureKind.INVALID,
                            "DP-0420",
                            caller + " broke the contract of " + contracts.owner() + ": the request of '" + capability
                                    + "': " + breach,
                            null);
                });
    }

    /** @throws CallException {@code FAILED} where {@code body} is not what {@code capability} says that it answers */
    static void requireResponse(PluginContracts contracts, boolean here, String capability, @Nullable Object body) {
        if (here && !contracts.isChecked(Contracts.Kind.CALLS)) {
            return;
        }
        contracts
                .response(capability)
                .flatMap(contract -> contract.breach(SharedRecord.json(body)))
                .ifPresent(breach -> {
                    throw new CallException(
                            FailureKind.FAILED,
                            "DP-0421",
                            contracts.owner() + " broke its own contract: the response of '" + capability + "': "
                                    + breach,
                            null);
                });
    }

    /**
     * @param described whether the handler answered with a stream; else the one item is its response
     * @throws CallException {@code FAILED} where {@code item} is not what {@code capability} says that it streams
     */
    static void requireItem(
            PluginContracts contracts, boolean here, String capability, Object item, boolean described) {
        if (!described) {
            requireResponse(contracts, here, capability, item);
            return;
        }
        if (here && !contracts.isChecked(Contracts.Kind.CALLS)) {
            return;
        }
        contracts
                .item(capability)
                .flatMap(contract -> contract.breach(SharedRecord.json(item)))
                .ifPresent(breach -> {
                    throw new CallException(
                            FailureKind.FAILED,
                            "DP-0421",
                            contracts.owner() + " broke its own contract: an item of '" + capability + "': " + breach,
                            null);
                });
    }

    /** @throws PluginException {@code DP-0422} where {@code body} is not what the topic's events are */
    void requireEvent(Caller publisher, boolean here, String topic, @Nullable Object body) {
        if (topics.isEmpty()) {
            return;
        }
        for (Described described : topics.getOrDefault(topic, List.of())) {
            if ((!here || described.contracts.isChecked(Contracts.Kind.EVENTS)) && counts(described)) {
                described.contract.breach(SharedRecord.json(body)).ifPresent(breach -> {
                    throw broken(publisher, described.contracts, "an event of topic '" + topic + "'", breach);
                });
            }
        }
    }

    /** @throws PluginException {@code DP-0422} where {@code body} is not what is said in the channel */
    static void requireChannelMessage(
            Party creator, String channel, Caller sender, boolean here, @Nullable Object body) {
        PluginContracts contracts = creator.contracts();
        if (here && !contracts.isChecked(Contracts.Kind.CHANNELS)) {
            return;
        }
        Optional<String> breach =
                contracts.channel(channel).flatMap(contract -> contract.breach(SharedRecord.json(body)));
        breach.ifPresent(why -> {
            throw broken(sender, contracts, "a message in channel '" + channel + "'", why);
        });
    }

    private boolean counts(Described described) {
        return gate.may(described.owner, described.needed);
    }

    /** {@code body} as it may be shown by all that describe {@code topic}. */
    BodyContract.Shown shownEvent(String topic, @Nullable Object body) {
        BodyContract.Shown shown = new BodyContract.Shown(body, false);
        for (Described described : topics.getOrDefault(topic, List.of())) {
            BodyContract.Shown one = described.contract.shown(shown.body());
            shown = new BodyContract.Shown(one.body(), one.hidden() || shown.hidden());
        }
        return shown;
    }

    static BodyContract.Shown shown(Optional<BodyContract> contract, @Nullable Object body) {
        return contract.map(one -> one.shown(body)).orElseGet(() -> new BodyContract.Shown(body, false));
    }

    private static PluginException broken(Caller who, PluginContracts contracts, String what, String breach) {
        return new PluginException(
                BROKEN, who + " broke the contract of " + contracts.owner() + ": " + what + ": " + breach);
    }
}
