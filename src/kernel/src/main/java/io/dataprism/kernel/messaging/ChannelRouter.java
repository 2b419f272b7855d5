package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The channels of a node. Safe to use from any thread. */
final class ChannelRouter {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
    private static final int LONGEST = 128;

    private final LocalMessaging messaging;
    private final Map<String, ChannelState> channels = new ConcurrentHashMap<>();

    ChannelRouter(LocalMessaging messaging) {
        this.messaging = messaging;
    }

    LocalMessaging messaging() {
        return messaging;
    }

    Optional<ChannelState> channel(String name) {
        return Optional.ofNullable(channels.get(name));
    }

    Member create(Party party, String name, Set<String> participants) {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new PluginException(
                    "DP-0408",
                    "Channel name '" + PluginException.excerpt(name)
                            + "' is not valid: expected lower-case words joined by dots or hyphens, at most " + LONGEST
                            + " characters, such as 'dashboard.refresh'.");
        }
        messaging.gate().require(party.caller, Permission.channel(name));
        ChannelState channel = new ChannelState(this, name, party, participants);
        if (channels.putIfAbsent(name, channel) != null) {
            throw new PluginException(
                    "DP-0402",
                    "Channel '" + name + "' exists already and is not replaced. Join it, or choose another name.");
        }
        Member member = channel.join(party);
        messaging.edge().joined(member);
        return member;
    }

    Member join(Party party, String name) {
        Caller caller = party.caller;
        ChannelState channel = channels.get(name);
        if (channel == null || (caller.kind() != Caller.Kind.OPERATOR && !channel.isAdmitted(caller.label()))) {
            throw ChannelState.notAuthorized();
        }
        messaging.gate().require(caller, Permission.channel(name));
        Member member = channel.join(party);
        messaging.edge().joined(member);
        return member;
    }

    void remove(ChannelState channel) {
        channels.remove(channel.name(), channel);
    }

    /** A party ended: it leaves its channels, and those it made are closed. */
    void left(Party party) {
        for (Member member : party.memberships) {
            if (member.channel().isOf(party)) {
                member.channel().close();
            } else {
                member.channel().gone(member);
            }
        }
    }

    /** {@code party} may do less than before: it leaves those channels that it may not be in any more. */
    void recheck(Party party) {
        for (Member member : party.memberships) {
            if (!messaging.gate().may(party.caller, Permission.channel(member.name()))) {
                member.channel().gone(member);
            }
        }
    }

    void close() {
        channels.values().forEach(ChannelState::close);
    }
}
