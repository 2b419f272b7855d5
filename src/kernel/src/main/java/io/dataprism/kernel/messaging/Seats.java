package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where the members of a channel are that are on other nodes than the channel. A member's node makes up a secret and tells the channel's
 * node at joining: that is its seat, an address that nobody else knows, so that what comes there was let through by the channel. Each
 * message is acknowledged, so that its sender learns what became of it. Safe to use from any thread.
 */
final class Seats {
    private final BusSeats bus;
    private final String channel;
    private final Map<String, List<String>> secrets = new ConcurrentHashMap<>();

    Seats(BusSeats bus, String channel) {
        this.bus = bus;
        this.channel = channel;
    }

    void add(String label, String secret) {
        List<String> taken = secrets.computeIfAbsent(label, key -> new CopyOnWriteArrayList<>());
        if (!taken.contains(secret)) {
            taken.add(secret);
        }
    }

    void remove(String label) {
        secrets.remove(label);
    }

    void remove(String label, String secret) {
        secrets.computeIfPresent(label, (key, taken) -> {
            taken.remove(secret);
            return taken.isEmpty() ? null : taken;
        });
    }

    List<String> of(String label) {
        return secrets.getOrDefault(label, List.of());
    }

    /** Send to all of {@code elsewhere}; tells {@code waiting} the last refusal, empty when there was none. */
    Future<Optional<Publication.Refusal>> offer(Party waiting, List<String> elsewhere, Letter letter, String to) {
        List<Future<Optional<Publication.Refusal>>> sent = elsewhere.stream()
                .map(secret -> offer(waiting, secret, letter, to))
                .toList();
        Future<Optional<Publication.Refusal>> all = waiting.succeeded(Optional.empty());
        for (Future<Optional<Publication.Refusal>> one : sent) {
            all = all.compose(before -> one.map(refusal -> refusal.or(() -> before)));
        }
        return all;
    }

    private Future<Optional<Publication.Refusal>> offer(Party waiting, String secret, Letter letter, String to) {
        CallException nobody = nobody(to);
        return bus.<Object>toSeat(waiting, channel, secret, nobody, letter, to)
                .map(taken -> Optional.<Publication.Refusal>empty())
                .recover(failure -> {
                    forget(to, secret, failure, nobody);
                    return waiting.succeeded(Optional.of(new Publication.Refusal(
                            Labels.caller(to), kindOf(failure), String.valueOf(failure.getMessage()))));
                });
    }

    <T> Future<T> ask(Party asking, String secret, Letter letter, String to, long timeout) {
        CallException nobody = nobody(to);
        return bus.<T>askSeat(asking, channel, secret, nobody, letter, to, timeout)
                .onFailure(failure -> forget(to, secret, failure, nobody));
    }

    /** Nobody is there any more: its node died, or has left this one. */
    private void forget(String label, String secret, Throwable failure, CallException nobody) {
        if (failure == nobody) {
            remove(label, secret);
        }
    }

    private CallException nobody(String to) {
        return new CallException(
                FailureKind.NOT_RUNNING, "'" + to + "' in channel '" + channel + "' was on a node that is gone.");
    }

    private static FailureKind kindOf(Throwable failure) {
        if (failure instanceof CallException call) {
            return call.kind();
        }
        boolean denied = failure instanceof PluginException known
                && known.code().equals(ChannelRouter.notAuthorized().code());
        return denied ? FailureKind.DENIED : FailureKind.FAILED;
    }
}
