package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.contract.BodyContract.Shown;
import io.dataprism.kernel.traffic.DeadLetter;
import io.dataprism.kernel.traffic.DeadLetters;
import io.dataprism.kernel.traffic.Kind;
import io.dataprism.kernel.traffic.Outcome;
import io.dataprism.kernel.traffic.Reason;
import io.dataprism.kernel.traffic.Sighting;
import io.dataprism.kernel.traffic.Traffic;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells those who watch, and keeps dead letters. Costs one read a message where nobody watches and nothing fails. Safe to use from any thread. */
final class Witness {
    private static final int MOST_LETTERS = 1_000;
    private static final long MOST_BYTES = 16L << 20;

    private final LocalMessaging messaging;
    private final Traffic traffic = new Traffic();
    private final DeadLetters letters = new DeadLetters(MOST_LETTERS, MOST_BYTES);

    Witness(LocalMessaging messaging) {
        this.messaging = messaging;
    }

    Traffic traffic() {
        return traffic;
    }

    DeadLetters letters() {
        return letters;
    }

    /** Asked at each message. */
    boolean watches() {
        return traffic.isWatched();
    }

    // --- for who watches

    void sent(Subject subject, Outcome outcome, String detail) {
        line(subject, subject.kind(), subject.from().label(), "", outcome, detail, 0, body(subject, subject.body()));
    }

    /** A receiver is done with an event or a channel message. */
    void handled(Subject subject, String receiver, long began, @Nullable SafeFailure thrown) {
        line(
                subject,
                Kind.HANDLED,
                subject.from().label(),
                receiver,
                thrown == null ? Outcome.DONE : Outcome.FAILED,
                thrown == null ? "" : thrown.text(),
                System.nanoTime() - began,
                Optional.empty());
    }

    /** A receiver had an event dropped for a newer one. */
    void dropped(Subject subject, String receiver) {
        line(
                subject,
                Kind.HANDLED,
                subject.from().label(),
                receiver,
                Outcome.DROPPED,
                "a newer one took its place",
                0,
                Optional.empty());
    }

    /** A call or request has ended. */
    void answered(Subject subject, String answers, Answers contract, long began, AsyncResult<?> end) {
        Optional<Object> body = end.succeeded() && traffic.wantsBodies()
                ? contract.shown(end.result()).map(shown -> String.valueOf(shown.body()))
                : Optional.empty();
        line(
                subject,
                Kind.ANSWER,
                answers,
                subject.from().label(),
                end.succeeded() ? Outcome.DONE : outcomeOf(end.cause()),
                end.succeeded() ? "" : String.valueOf(end.cause().getMessage()),
                System.nanoTime() - began,
                body);
    }

    /** What of an answer may be shown. */
    @FunctionalInterface
    interface Answers {
        Optional<Shown> shown(@Nullable Object answer);
    }

    private Optional<Object> body(Subject subject, @Nullable Object value) {
        return traffic.wantsBodies()
                ? subject.shown(value).map(Shown::body).or(() -> Optional.of("(not shown: its contract is not known)"))
                : Optional.empty();
    }

    private void line(
            Subject subject,
            Kind kind,
            String from,
            String receiver,
            Outcome outcome,
            String detail,
            long nanos,
            Optional<Object> body) {
        traffic.see(new Sighting(
                Instant.now(),
                messaging.ids().text(subject.id()),
                messaging.ids().textOf(subject.causeId()),
                kind,
                from,
                subject.to(),
                receiver,
                subject.size(),
                outcome,
                detail,
                Duration.ofNanos(nanos),
                body));
    }

    static Outcome outcomeOf(Throwable failure) {
        if (!(failure instanceof CallException call)) {
            return Outcome.FAILED;
        }
        return switch (call.kind()) {
            case NO_SUCH_CAPABILITY, NOT_RUNNING, DENIED, INVALID, BUSY -> Outcome.REFUSED;
            case CANCELLED -> Outcome.LOST;
            case LATE, FAILED -> Outcome.FAILED;
        };
    }

    // --- dead letters

    /** {@code subject} never reached {@code receiver}'s handler. */
    void died(Subject subject, String receiver, Reason reason, String error) {
        if (watches()) {
            Outcome outcome = reason == Reason.LOST ? Outcome.LOST : Outcome.REFUSED;
            line(subject, subject.kind(), subject.from().label(), receiver, outcome, error, 0, Optional.empty());
        }
        bury(subject, receiver, reason, error);
    }

    /** Keep it; its line was written already. */
    void bury(Subject subject, String receiver, Reason reason, String error) {
        Optional<Shown> shown = subject.shown(subject.body());
        boolean isKept = shown.isEmpty() || !shown.get().hidden();
        letters.add(new DeadLetter(
                0,
                Instant.now(),
                messaging.ids().text(subject.id()),
                messaging.ids().textOf(subject.causeId()),
                subject.kind(),
                subject.from().label(),
                subject.to(),
                receiver,
                reason,
                PluginException.excerpt(error),
                subject.size(),
                shown.map(one -> one.body() == null ? "null" : one.body()),
                isKept ? Optional.of(subject.kept().get()) : Optional.empty()));
    }

    /** The same for a call or request that failed with {@code why}, unless that was its caller's doing or is the handler's answer. */
    void buryCall(Subject subject, String receiver, Throwable why, boolean handled) {
        reasonOf(why, handled).ifPresent(reason -> bury(subject, receiver, reason, String.valueOf(why.getMessage())));
    }

    static Optional<Reason> reasonOf(Throwable why, boolean handled) {
        if (!(why instanceof CallException call)) {
            return Optional.of(Reason.REFUSED);
        }
        return switch (call.kind()) {
            case NO_SUCH_CAPABILITY, NOT_RUNNING -> Optional.of(Reason.UNDELIVERABLE);
            case DENIED, INVALID -> handled ? Optional.empty() : Optional.of(Reason.REFUSED);
            case BUSY -> Optional.of(Reason.FULL);
            case LATE -> Optional.of(Reason.LATE);
            case FAILED -> Optional.of(Reason.FAILED);
            case CANCELLED -> Optional.of(Reason.LOST);
        };
    }
}
