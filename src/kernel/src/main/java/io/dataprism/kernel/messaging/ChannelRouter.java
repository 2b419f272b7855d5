package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Channel;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The channels of a node. Safe to use from any thread. */
final class ChannelRouter {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
    private static final int LONGEST = 128;

    private final LocalMessaging messaging;
    private final Map<String, LocalChannel> channels = new ConcurrentHashMap<>();

    ChannelRouter(LocalMessaging messaging) {
        this.messaging = messaging;
    }

    LocalMessaging messaging() {
        return messaging;
    }

    /** The same words whatever is wrong, so that nobody learns about a channel that is none of theirs. */
    static PluginException notAuthorized() {
        return new PluginException("DP-0401", "Plugin not authorized for this channel");
    }

    Future<Channel> create(Party party, String name, Set<String> participants) {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new PluginException(
                    "DP-0408",
                    "Channel name '" + PluginException.excerpt(name)
                            + "' is not valid: expected lower-case words joined by dots or hyphens, at most " + LONGEST
                            + " characters, such as 'dashboard.refresh'.");
        }
        messaging.gate().require(party.caller, Permission.channel(name));
        party.requireRoomForChannel();
        if (!messaging.edge().channels().reachElsewhere()) {
            return party.succeeded(createHere(party, name, participants));
        }
        return messaging.edge().channels().existsElsewhere(party, name).map(exists -> {
            if (exists) {
                throw taken(name);
            }
            return createHere(party, name, participants);
        });
    }

    private Member createHere(Party party, String name, Set<String> participants) {
        LocalChannel channel = new LocalChannel(this, name, party, participants);
        if (channels.putIfAbsent(name, channel) != null) {
            throw taken(name);
        }
        party.made.add(channel);
        messaging.edge().channels().opened(channel);
        return joined(channel.join(party));
    }

    private static PluginException taken(String name) {
        return new PluginException(
                "DP-0402",
                "Channel '" + name + "' exists already and is not replaced. Join it, or choose another name.");
    }

    /** Who is in already stays in by the same part, so that joining again and again costs nothing. */
    Future<Channel> join(Party party, String name) {
        Optional<Member> known = party.membership(name);
        if (known.isEmpty()) {
            party.requireRoomForChannel();
        }
        LocalChannel channel = channels.get(name);
        if (channel == null && messaging.edge().channels().reachElsewhere()) {
            messaging.gate().require(party.caller, Permission.channel(name));
            return joinElsewhere(party, name, known).recover(failure -> party.failed(joinFailure(failure)));
        }
        if (channel == null || !channel.admits(party.caller)) {
            throw notAuthorized();
        }
        messaging.gate().require(party.caller, Permission.channel(name));
        return party.succeeded(
                known.filter(member -> member.channel() == channel).orElseGet(() -> joined(channel.join(party))));
    }

    private Future<Channel> joinElsewhere(Party party, String name, Optional<Member> known) {
        return known.isPresent() && known.get().channel() instanceof RemoteChannel channel
                ? RemoteChannel.again(known.get(), channel).map(in -> in)
                : RemoteChannel.join(messaging, party, name).map(this::joined);
    }

    /** That no node has the channel is nobody's business either. */
    private static Throwable joinFailure(Throwable failure) {
        return failure instanceof CallException call && call.kind() == FailureKind.LATE ? failure : notAuthorized();
    }

    /** A member is in: on the bus too, unless what let it in is gone already. */
    Member joined(Member member) {
        messaging.edge().channels().joined(member);
        requireStill(member);
        // A party that ended meanwhile has left its channels before this one was among them.
        member.party.whyClosed().ifPresent(why -> {
            leave(member);
            member.end();
            throw why;
        });
        requireActive(member);
        return member;
    }

    /** A channel that was closed, or left by another of its party's members, took nothing back that this one has got since. */
    private static void requireActive(Member member) {
        if (!member.isActive()) {
            member.end();
            throw notAuthorized();
        }
    }

    /** A grant that was revoked since the gate was asked ended the memberships there were, not this one. */
    private void requireStill(Member member) {
        Permission permission = Permission.channel(member.name());
        if (!messaging.gate().may(member.party.caller, permission)) {
            leave(member);
            throw messaging.gate().denial(member.party.caller, permission);
        }
    }

    /** Those that were made here, by name. */
    List<OpenChannel> open() {
        return channels.values().stream()
                .map(OpenChannel::new)
                .sorted(Comparator.comparing(OpenChannel::name))
                .toList();
    }

    @Nullable
    LocalChannel local(String name) {
        return channels.get(name);
    }

    void remove(LocalChannel channel) {
        channels.remove(channel.name(), channel);
        messaging.edge().channels().closed(channel);
    }

    /** A party ended: it leaves its channels, and those it made are closed. */
    void left(Party party) {
        party.memberships.forEach(ChannelRouter::leave);
        party.made.forEach(LocalChannel::end);
    }

    private static void leave(Member member) {
        if (member.channel().endsWith(member.party)) {
            member.channel().end();
        } else {
            member.channel().gone(member);
        }
    }

    /** {@code party} may do less than before: it leaves those channels that it may not be in any more. */
    void recheck(Party party) {
        for (Member member : party.memberships) {
            Permission permission = Permission.channel(member.name());
            if (!messaging.gate().may(party.caller, permission)) {
                member.revoked(messaging.gate().takenBack(party.caller, permission));
                member.channel().gone(member);
            }
        }
    }

    void close() {
        channels.values().forEach(LocalChannel::end);
    }
}
