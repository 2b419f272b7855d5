package io.dataprism.kernel.messaging;

import io.dataprism.api.Publication;
import io.dataprism.kernel.contract.BodyContract;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel as its members on this node use it, wherever it was made. */
interface Conversation {

    String name();

    /** What of {@code body} may be shown; empty where that is not known here. */
    Optional<BodyContract.Shown> shown(@Nullable Object body);

    Set<String> participants();

    Future<Void> send(Member from, String to, Letter letter);

    Future<Publication> broadcast(Member from, Letter letter);

    <T> Future<T> request(Member from, String to, Letter letter, long timeout);

    Future<Void> admit(Member by, String label);

    Future<Void> expel(Member by, String label);

    Future<Void> leave(Member member);

    Future<Void> close(Member by);

    /** The member's party ended, or may not be in channels any more; its admission stays. */
    void gone(Member member);

    /** Whether the channel ends with {@code party}, which made it. */
    boolean endsWith(Party party);

    /** End it, with all memberships on this node. */
    void end();

    /** Somebody speaks over the bus to a member here; refuses whoever is none. Tells {@code waiting}. */
    Future<Void> spoken(Party waiting, Letter letter, Member to);

    /** The same, and wants an answer. */
    <T> Future<T> asked(Party asking, Letter letter, Member to, long timeout);
}
