package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel: who made it, who is admitted, who takes part. Nobody's code runs under its lock. */
final class ChannelState {
    private final ChannelRouter router;
    private final String name;
    private final Party creator;
    private final String owner;
    private final Set<String> admitted = new LinkedHashSet<>();
    private final Map<String, List<Member>> members = new HashMap<>();
    private boolean closed;

    ChannelState(ChannelRouter router, String name, Party creator, Set<String> participants) {
        this.router = router;
        this.name = name;
        this.creator = creator;
        this.owner = creator.caller.label();
        admitted.add(owner);
        admitted.addAll(participants);
    }

    /** The same words whatever is wrong, so that nobody learns about a channel that is none of theirs. */
    static PluginException notAuthorized() {
        return new PluginException("DP-0401", "Plugin not authorized for this channel");
    }

    String name() {
        return name;
    }

    boolean isOf(Party party) {
        return creator == party;
    }

    synchronized Set<String> participants() {
        return Set.copyOf(admitted);
    }

    synchronized boolean isAdmitted(String label) {
        return !closed && admitted.contains(label);
    }

    // --- who is in

    /** Join; the operator may join everything. */
    Member join(Party party) {
        Member member = new Member(this, party);
        synchronized (this) {
            if (party.caller.kind() == Caller.Kind.OPERATOR && !closed) {
                admitted.add(member.label);
            }
            if (!isAdmitted(member.label)) {
                throw notAuthorized();
            }
            members.computeIfAbsent(member.label, label -> new ArrayList<>()).add(member);
        }
        party.memberships.add(member);
        return member;
    }

    void admit(Caller by, String label) {
        requireOwner(by);
        synchronized (this) {
            admitted.add(label);
        }
    }

    void expel(Caller by, String label) {
        requireOwner(by);
        if (label.equals(owner)) {
            throw new PluginException(
                    "DP-0409", "Who created channel '" + name + "' can't be expelled from it. Close the channel.");
        }
        endAll(withdraw(label));
    }

    /** One's own part and admission; the owner stays admitted. */
    void leave(Member member) {
        if (member.label.equals(owner)) {
            gone(member);
        } else {
            endAll(withdraw(member.label));
        }
    }

    private synchronized List<Member> withdraw(String label) {
        admitted.remove(label);
        List<Member> left = members.remove(label);
        return left == null ? List.of() : left;
    }

    /** The party ended, or may not be in channels any more; its admission stays for when it comes back. */
    void gone(Member member) {
        synchronized (this) {
            List<Member> same = members.get(member.label);
            if (same != null && same.remove(member) && same.isEmpty()) {
                members.remove(member.label);
            }
        }
        member.end();
        router.messaging().failRequestsTo(member);
    }

    void close(Caller by) {
        requireOwner(by);
        close();
    }

    void close() {
        List<Member> all = new ArrayList<>();
        synchronized (this) {
            closed = true;
            admitted.clear();
            members.values().forEach(all::addAll);
            members.clear();
        }
        router.remove(this);
        endAll(all);
    }

    private void endAll(List<Member> left) {
        for (Member member : left) {
            member.end();
            router.messaging().failRequestsTo(member);
        }
    }

    private void requireOwner(Caller by) {
        if (by.kind() != Caller.Kind.OPERATOR && !by.label().equals(owner)) {
            throw notAuthorized();
        }
    }

    private synchronized List<Member> members(String from, String to) {
        if (closed || !admitted.contains(from) || !admitted.contains(to)) {
            throw notAuthorized();
        }
        return List.copyOf(members.getOrDefault(to, List.of()));
    }

    // --- messages; bodies are owned by the kernel

    Future<Void> send(Member from, String to, @Nullable Object body) {
        Publication.Refusal refusal = post(from.label, to, body, false);
        return refusal == null ? from.party.succeeded(null) : from.party.failed(unsent(to, refusal));
    }

    /** Send for {@code from}, who is checked here; null when it was taken. */
    Publication.@Nullable Refusal post(String from, String to, @Nullable Object body, boolean shared) {
        List<Member> receivers = members(from, to);
        long now = System.currentTimeMillis();
        if (receivers.isEmpty()) {
            return router.messaging().edge().post(this, from, to, body, now) ? null : notThere(to);
        }
        Publication.Refusal last = null;
        boolean several = shared || receivers.size() > 1;
        for (Member member : receivers) {
            ChannelDelivery delivery = new ChannelDelivery(member, from, body, now, several);
            FailureKind refusal = member.party.offer(delivery);
            if (refusal != null) {
                last = new Publication.Refusal(member.party.caller, refusal, "Its mailbox does not take the message.");
            }
        }
        return last;
    }

    private Publication.Refusal notThere(String to) {
        return new Publication.Refusal(
                Labels.caller(to), FailureKind.NOT_RUNNING, "It was admitted but has not joined.");
    }

    private CallException unsent(String to, Publication.Refusal refusal) {
        return new CallException(
                refusal.kind(), "Channel '" + name + "': '" + to + "' did not get the message. " + refusal.reason());
    }

    Publication broadcast(Member from, @Nullable Object body) {
        int accepted = 0;
        List<Publication.Refusal> refused = new ArrayList<>();
        for (String to : participants()) {
            if (!to.equals(from.label)) {
                Publication.Refusal refusal = post(from.label, to, body, true);
                if (refusal == null) {
                    accepted++;
                } else {
                    refused.add(refusal);
                }
            }
        }
        return new Publication(accepted, refused);
    }

    <T> Future<T> request(Party from, String label, String to, @Nullable Object body, long timeout) {
        List<Member> receivers = members(label, to);
        if (receivers.isEmpty()) {
            return router.messaging().edge().request(this, from, label, to, body, timeout);
        }
        Member receiver = receivers.get(0);
        ChannelRequest<T> request = new ChannelRequest<>(from, label, receiver, body, timeout);
        router.messaging().await(request);
        FailureKind refusal = receiver.party.offer(request);
        if (refusal != null) {
            request.fail(unsent(
                    to, new Publication.Refusal(receiver.party.caller, refusal, "Its mailbox does not take it.")));
        }
        return request.future();
    }

    /** The message as its receiver sees it. */
    static ChannelMessage message(
            ChannelState channel, String from, String to, @Nullable Object body, long millis, boolean expectsReply) {
        return new ChannelMessage(channel.name, from, to, body, Instant.ofEpochMilli(millis), expectsReply);
    }
}
