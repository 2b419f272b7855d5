package io.dataprism.kernel.messaging;

import io.dataprism.api.FailureKind;
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

    /** Into the mailboxes of {@code receivers}, which are here; the last refusal. */
    static Optional<Publication.Refusal> to(List<Member> receivers, Letter letter) {
        Optional<Publication.Refusal> last = Optional.empty();
        for (Member member : receivers) {
            FailureKind refusal = member.offer(letter);
            if (refusal != null) {
                last = Optional.of(new Publication.Refusal(
                        member.party.caller, refusal, "Its mailbox does not take the message."));
            }
        }
        return last;
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
