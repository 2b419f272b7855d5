package io.dataprism.kernel.traffic;

import io.vertx.core.Future;

/**
 * The host application's say in the messages of its node: each event, channel message, request and call that is sent here, by plugins, bridge users,
 * the operator or the host. What comes from another node was asked about there; answers are not asked about. Among several, each sees what
 * those before it made of the message.
 *
 * <p>Both methods run on whatever thread sends, for a plugin that is inside its slice: they must be quick, must not block, and count as the sender's work.
 */
public interface Interceptor {

    /**
     * The gate has let {@code message} pass; contracts are asked after this, about what it makes of the message. While the answer is not there, what
     * the same sender sends later to the same receiver waits behind the message, so that each receiver finds its messages in their order; who gets an
     * event, or what is said to all of a channel, is not known yet, so that waits for all and holds all up. Of messages to several receivers several
     * may be asked about at once. An answer that is late, fails or throws refuses the message.
     */
    Future<Verdict> before(Intercepted message);

    /** What became of a message that {@link #before} let pass, as its sender is told. What this throws is logged and changes nothing. */
    default void after(Intercepted message, Outcome outcome, String detail) {}
}
