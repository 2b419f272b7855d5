package io.dataprism.kernel.messaging;

import io.dataprism.api.Publication;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a channel message for one participant: why it was not taken, empty when it was. Known at once where he is on this node, told by
 * others otherwise.
 */
record Offer(Optional<Publication.Refusal> here, @Nullable Future<Optional<Publication.Refusal>> asked) {

    /** Into the mailboxes of {@code receivers}, which are here; the last refusal, told to {@code waiting} where one of them may hold it. */
    static Offer to(Party waiting, List<Member> receivers, Letter letter) {
        Delivered told = new Delivered();
        receivers.forEach(member -> member.offer(letter, told));
        return told.isHeld()
                ? new Offer(Optional.empty(), told.future(waiting).map(Offer::lastRefusal))
                : new Offer(told.lastRefusal(), null);
    }

    private static Optional<Publication.Refusal> lastRefusal(Publication publication) {
        List<Publication.Refusal> refused = publication.refused();
        return refused.isEmpty() ? Optional.empty() : Optional.of(refused.get(refused.size() - 1));
    }

    /** This for his members here, and what those on other nodes tell. */
    Offer and(Future<Optional<Publication.Refusal>> there) {
        Future<Optional<Publication.Refusal>> all = isHere()
                ? there.map(refusal -> here.or(() -> refusal))
                : elsewhere().compose(mine -> there.map(refusal -> mine.or(() -> refusal)));
        return new Offer(Optional.empty(), all);
    }

    boolean isHere() {
        return asked == null;
    }

    Future<Optional<Publication.Refusal>> elsewhere() {
        return Objects.requireNonNull(asked);
    }

    /** All together; told to {@code waiting}, at once where all are here. */
    static Future<Publication> publication(Party waiting, List<Offer> offers) {
        List<Publication.Refusal> refused = new ArrayList<>();
        offers.forEach(offer -> offer.here().filter(here -> offer.isHere()).ifPresent(refused::add));
        if (offers.stream().allMatch(Offer::isHere)) {
            return waiting.succeeded(new Publication(offers.size() - refused.size(), refused));
        }
        Future<List<Publication.Refusal>> all = waiting.succeeded(refused);
        for (Offer offer : offers) {
            if (!offer.isHere()) {
                all = all.compose(list -> offer.elsewhere().map(refusal -> with(list, refusal)));
            }
        }
        return all.map(list -> new Publication(offers.size() - list.size(), list));
    }

    private static List<Publication.Refusal> with(
            List<Publication.Refusal> list, Optional<Publication.Refusal> refusal) {
        refusal.ifPresent(list::add);
        return list;
    }
}
