package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.dataprism.kernel.contract.BodyContract;
import io.dataprism.kernel.traffic.Outcome;
import io.dataprism.kernel.traffic.Reason;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A channel that was made on this node: who made it, who is admitted, who takes part. Nobody's code runs under its lock. */
final class LocalChannel implements Conversation {
    private final ChannelRouter router;
    private final String name;
    private final Party creator;
    private final String owner;
    private final Seats seats;
    /** Changed under the lock of this. */
    private volatile Roll roll;

    LocalChannel(ChannelRouter router, String name, Party creator, Set<String> participants) {
        this.router = router;
        this.name = name;
        this.creator = creator;
        this.owner = creator.caller.label();
        this.seats = new Seats(router.messaging().edge().channels().seats(), name);
        this.roll = Roll.of(owner, participants);
    }

    @Override
    public Optional<BodyContract.Shown> shown(@Nullable Object body) {
        return Optional.of(ContractGate.shown(creator.contracts().channel(name), body));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean endsWith(Party party) {
        return creator == party;
    }

    @Override
    public Set<String> participants() {
        // No copy: an immutable set takes quadratic time where somebody chose labels of equal hashes.
        return Collections.unmodifiableSet(roll.admitted());
    }

    String owner() {
        return owner;
    }

    /** Who has joined, here or elsewhere. */
    Set<String> present() {
        Roll now = roll;
        return now.admitted().stream()
                .filter(label -> !now.of(label).isEmpty() || !seats.of(label).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    // --- who is in

    /** Whether {@code caller} may join; the operator may join everything, and is admitted by that. */
    synchronized boolean admits(Caller caller) {
        if (caller.kind() == Caller.Kind.OPERATOR) {
            admitted(caller.label());
        }
        return roll.admits(caller.label());
    }

    Member join(Party party) {
        Member member = new Member(this, party);
        synchronized (this) {
            if (!admits(party.caller)) {
                throw ChannelRouter.notAuthorized();
            }
            roll = roll.with(member);
        }
        party.take(member);
        return member;
    }

    /** A participant on another node takes its seat there; a second time changes nothing. */
    void seat(Caller caller, String secret) {
        synchronized (this) {
            if (!admits(caller)) {
                throw ChannelRouter.notAuthorized();
            }
            seats.add(caller.label(), secret);
        }
    }

    /** The member on another node that had this seat is gone; its admission stays. */
    void vacate(Caller caller, String secret) {
        seats.remove(caller.label(), secret);
    }

    @Override
    public Future<Void> admit(Member by, String label) {
        admit(by.party.caller, label);
        return by.party.succeeded(null);
    }

    void admit(Caller by, String label) {
        requireOwner(by);
        admitted(label);
    }

    /** {@code label} may join from now on, where the channel is not closed. */
    private synchronized void admitted(String label) {
        if (!roll.isClosed() && !roll.admits(label)) {
            Roll.requireRoom(roll.admitted().size());
            roll = roll.withAdmitted(label);
        }
    }

    @Override
    public Future<Void> expel(Member by, String label) {
        expel(by.party.caller, label);
        return by.party.succeeded(null);
    }

    void expel(Caller by, String label) {
        requireOwner(by);
        if (label.equals(owner)) {
            throw new PluginException(
                    "DP-0409", "Who created channel '" + name + "' can't be expelled from it. Close the channel.");
        }
        endAll(withdraw(label));
    }

    @Override
    public Future<Void> leave(Member member) {
        if (member.label.equals(owner)) {
            gone(member);
        } else {
            endAll(withdraw(member.label));
        }
        return member.party.succeeded(null);
    }

    /** End somebody's part and admission; the owner stays admitted. */
    synchronized List<Member> withdraw(String label) {
        seats.remove(label);
        List<Member> left = roll.of(label);
        if (!roll.isClosed()) {
            roll = (label.equals(owner) ? roll : roll.withoutAdmitted(label)).withoutAll(label);
        }
        return left;
    }

    @Override
    public void gone(Member member) {
        synchronized (this) {
            if (!roll.isClosed()) {
                roll = roll.without(member);
            }
        }
        endAll(List.of(member));
    }

    @Override
    public Future<Void> close(Member by) {
        close(by.party.caller);
        return by.party.succeeded(null);
    }

    void close(Caller by) {
        requireOwner(by);
        end();
    }

    @Override
    public void end() {
        List<Member> all;
        synchronized (this) {
            all = roll.all();
            roll = Roll.CLOSED;
        }
        creator.made.remove(this);
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
            throw ChannelRouter.notAuthorized();
        }
    }

    private static List<Member> members(Roll now, String from, String to) {
        if (!now.admits(from) || !now.admits(to)) {
            throw ChannelRouter.notAuthorized();
        }
        return now.of(to);
    }

    // --- messages

    @Override
    public Future<Void> send(Member from, String to, Letter letter) {
        return post(from.party, letter, to);
    }

    /**
     * Do what {@code letter} was sent for. What is refused before anybody has it is one line and one dead letter, whoever sent it and by which way;
     * its sender learns of it by what is thrown.
     */
    private <T> T unlessRefused(Letter letter, String to, boolean asks, Supplier<T> action) {
        try {
            return action.get();
        } catch (RuntimeException refused) {
            Reason reason = Witness.reasonOf(refused, false).orElse(Reason.REFUSED);
            router.messaging()
                    .witness()
                    .died(Subject.of(this, letter, to, asks), to, reason, String.valueOf(refused.getMessage()));
            throw refused;
        }
    }

    /** Send {@code letter}; fails with what became of it otherwise. Throws where they are no participants. */
    Future<Void> post(Party waiting, Letter letter, String to) {
        return post(waiting, letter, to, isFromHere(letter));
    }

    /** @param here whether it was said on this node */
    Future<Void> post(Party waiting, Letter letter, String to, boolean here) {
        return unlessRefused(letter, to, false, () -> posted(waiting, letter, to, here));
    }

    private Future<Void> posted(Party waiting, Letter letter, String to, boolean here) {
        requireContract(letter, here);
        Offer offer = seen(letter, to, offer(waiting, letter, to, members(roll, letter.from, to)));
        return offer.isHere()
                ? sent(waiting, to, offer.here())
                : offer.elsewhere().compose(refusal -> sent(waiting, to, refusal));
    }

    private static boolean isFromHere(Letter letter) {
        return letter.sender.kind() != Caller.Kind.USER;
    }

    private void requireContract(Letter letter, boolean here) {
        router.messaging().handles().require(letter.body, letter.sender);
        ContractGate.requireChannelMessage(creator, name, letter.sender, here, letter.body);
    }

    private Future<Void> sent(Party waiting, String to, Optional<Publication.Refusal> refusal) {
        return refusal.isEmpty() ? waiting.succeeded(null) : waiting.failed(unsent(to, refusal.get()));
    }

    private Offer offer(Party waiting, Letter letter, String to, List<Member> receivers) {
        List<String> elsewhere = seats.of(to);
        if (!receivers.isEmpty() || !elsewhere.isEmpty()) {
            handOn(letter, to);
        }
        Offer here = Offer.to(waiting, receivers, letter);
        if (!elsewhere.isEmpty()) {
            return here.and(seats.offer(waiting, elsewhere, letter, to));
        }
        return receivers.isEmpty() ? offerBus(waiting, letter, to) : here;
    }

    private Offer seen(Letter letter, String to, Offer offer) {
        Witness witness = router.messaging().witness();
        if (witness.watches() && offer.here().isEmpty()) {
            witness.sent(Subject.of(this, letter, to, false), Outcome.TAKEN, "");
        }
        return offer;
    }

    private Offer offerBus(Party waiting, Letter letter, String to) {
        BusChannels bus = router.messaging().edge().channels();
        return switch (bus.post(name, letter, to)) {
            case TAKEN -> {
                handOn(letter, to);
                yield new Offer(Optional.empty(), null);
            }
            case NOBODY -> new Offer(Optional.of(undelivered(letter, to)), null);
            case MAYBE_ELSEWHERE ->
                new Offer(
                        Optional.empty(),
                        bus.postElsewhere(waiting, name, letter, to).map(taken -> {
                            if (!taken) {
                                return Optional.of(undelivered(letter, to));
                            }
                            handOn(letter, to);
                            return Optional.empty();
                        }));
        };
    }

    private Publication.Refusal undelivered(Letter letter, String to) {
        Publication.Refusal refusal = notThere(to);
        router.messaging()
                .witness()
                .died(Subject.of(this, letter, to, false), to, Reason.UNDELIVERABLE, refusal.reason());
        return refusal;
    }

    private static Publication.Refusal notThere(String to) {
        return new Publication.Refusal(
                Labels.caller(to), FailureKind.NOT_RUNNING, "It was admitted but has not joined.");
    }

    private CallException unsent(String to, Publication.Refusal refusal) {
        return new CallException(
                refusal.kind(), "Channel '" + name + "': '" + to + "' did not get the message. " + refusal.reason());
    }

    @Override
    public Future<Publication> broadcast(Member from, Letter letter) {
        return broadcast(from.party, letter, isFromHere(letter));
    }

    /** @param here whether it was said on this node */
    Future<Publication> broadcast(Party waiting, Letter letter, boolean here) {
        return unlessRefused(letter, "*", false, () -> broadcasted(waiting, letter, here));
    }

    private Future<Publication> broadcasted(Party waiting, Letter letter, boolean here) {
        requireContract(letter, here);
        List<Offer> offers = new ArrayList<>();
        // Whoever leaves while it goes round keeps nobody else from it.
        Roll now = roll;
        for (String to : now.admitted()) {
            if (!to.equals(letter.from)) {
                offers.add(seen(letter, to, offer(waiting, letter, to, members(now, letter.from, to))));
            }
        }
        return Offer.publication(waiting, offers);
    }

    @Override
    public <T> Future<T> request(Member from, String to, Letter letter, long timeout) {
        return ask(from.party, letter, to, timeout);
    }

    <T> Future<T> ask(Party asking, Letter letter, String to, long timeout) {
        return ask(asking, letter, to, timeout, isFromHere(letter));
    }

    /** @param here whether it was said on this node */
    <T> Future<T> ask(Party asking, Letter letter, String to, long timeout, boolean here) {
        Asked asked = unlessRefused(letter, to, true, () -> whom(letter, to, here));
        Witness witness = router.messaging().witness();
        if (!witness.watches()) {
            return ask(asked, asking, letter, to, timeout);
        }
        Subject subject = Subject.of(this, letter, to, true);
        long began = System.nanoTime();
        witness.sent(subject, Outcome.TAKEN, "");
        return this.<T>ask(asked, asking, letter, to, timeout)
                .onComplete(end -> witness.answered(subject, to, this::shown, began, end));
    }

    /** Whom a request is for: members here, the seats of those elsewhere; where there are none, whoever listens on the raw bus. */
    private record Asked(List<Member> here, List<String> elsewhere) {}

    private Asked whom(Letter letter, String to, boolean here) {
        requireContract(letter, here);
        Asked asked = new Asked(members(roll, letter.from, to), seats.of(to));
        if (asked.here.isEmpty() && asked.elsewhere.isEmpty()) {
            router.messaging().edge().channels().requireAnybody(name, letter, to);
        }
        return asked;
    }

    private <T> Future<T> ask(Asked asked, Party asking, Letter letter, String to, long timeout) {
        if (asked.here.isEmpty() && asked.elsewhere.isEmpty()) {
            return router.messaging()
                    .edge()
                    .channels()
                    .<T>request(name, asking, letter, to, timeout)
                    .onSuccess(answered -> handOn(letter, to))
                    .onFailure(why -> unheard(letter, to, why));
        }
        handOn(letter, to);
        return asked.here.isEmpty()
                ? seats.ask(asking, asked.elsewhere.get(0), letter, to, timeout)
                : asked.here.get(0).ask(asking, letter, timeout);
    }

    /** On no node did anybody listen on the raw bus. */
    private void unheard(Letter letter, String to, Throwable why) {
        if (why instanceof CallException call && call.kind() == FailureKind.NOT_RUNNING) {
            router.messaging().witness().buryCall(Subject.of(this, letter, to, true), to, why, false);
        }
    }

    /** Whoever gets a letter may use the handles in it; who was admitted and has not joined gets none. */
    private void handOn(Letter letter, String to) {
        if (Handles.standIn(letter.body)) {
            router.messaging().handles().give(letter.body, Labels.caller(to));
        }
    }

    @Override
    public Future<Void> spoken(Party waiting, Letter letter, Member to) {
        return post(waiting, letter, to.label);
    }

    @Override
    public <T> Future<T> asked(Party asking, Letter letter, Member to, long timeout) {
        return ask(asking, letter, to.label, timeout);
    }
}
