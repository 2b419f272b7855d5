package io.dataprism.bench.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Pekko's typed actors: one tells each of the others. */
final class PekkoLane implements MessageLane {
    private final List<ActorRef<Object>> receivers = new ArrayList<>();
    private final ActorSystem<Object> sender;

    PekkoLane() {
        sender = PekkoSystem.start(doing(step -> ((Runnable) step).run()));
    }

    private static Behavior<Object> doing(Consumer<Object> what) {
        return Behaviors.receiveMessage(message -> {
            what.accept(message);
            return Behaviors.same();
        });
    }

    @Override
    public void open(List<Consumer<Object>> all) {
        for (int i = 0; i < all.size(); i++) {
            receivers.add(sender.systemActorOf(doing(all.get(i)), "receiver-" + i, Props.empty()));
        }
    }

    @Override
    public void execute(Runnable step) {
        sender.tell(step);
    }

    @Override
    public void send(Object body) {
        for (ActorRef<Object> receiver : receivers) {
            receiver.tell(body);
        }
    }

    @Override
    public void close() throws Exception {
        PekkoSystem.stop(sender);
    }
}
