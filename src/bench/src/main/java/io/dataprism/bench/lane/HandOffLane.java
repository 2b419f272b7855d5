package io.dataprism.bench.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Bare hand-offs from one thread to another: the limit, with no check, no name and no copy. */
final class HandOffLane implements MessageLane {
    private final List<HandOff> receivers = new ArrayList<>();
    private final HandOff sender = new HandOff("sender", step -> ((Runnable) step).run());

    @Override
    public void open(List<Consumer<Object>> all) {
        for (Consumer<Object> receiver : all) {
            receivers.add(new HandOff("receiver", receiver));
        }
    }

    @Override
    public void execute(Runnable step) {
        sender.give(step);
    }

    @Override
    public void send(Object body) {
        for (HandOff receiver : receivers) {
            receiver.give(body);
        }
    }

    @Override
    public void close() throws InterruptedException {
        sender.close();
        for (HandOff receiver : receivers) {
            receiver.close();
        }
    }
}
