package io.dataprism.kernel.messaging;

import io.dataprism.api.Publication;
import io.vertx.core.Future;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel as its members on this node use it, wherever it was made. Bodies are owned by the kernel. */
interface Conversation {

    String name();

    Set<String> participants();

    Future<Void> send(Member from, String to, @Nullable Object body);

    Future<Publication> broadcast(Member from, @Nullable Object body);

    <T> Future<T> request(Member from, String to, @Nullable Object body, long timeout);

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

    /** Somebody named {@code from} speaks over the bus to a member here; refuses whoever is none. Tells {@code waiting}. */
    Future<Void> spoken(Party waiting, String from, Member to, @Nullable Object body);

    /** The same, and wants an answer. */
    <T> Future<T> asked(Party asking, String from, Member to, @Nullable Object body, long timeout);
}
