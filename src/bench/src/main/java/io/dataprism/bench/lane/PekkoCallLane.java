package io.dataprism.bench.lane;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Pekko's ask. An answer is handled by the thread that brings it, not in the asking actor: that is the faster of Pekko's two ways, and
 * promises less than the kernel does.
 */
final class PekkoCallLane implements CallLane {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final ThreadLocal<Deque<Runnable>> nested = ThreadLocal.withInitial(ArrayDeque::new);
    private final ActorSystem<Runnable> caller = PekkoSystem.start(Behaviors.receiveMessage(step -> {
        step.run();
        return Behaviors.same();
    }));
    private final ActorRef<Question> echo = caller.systemActorOf(
            Behaviors.receiveMessage(question -> {
                question.answerTo().tell(question.body());
                return Behaviors.same();
            }),
            "echo",
            Props.empty());

    /** What is asked. */
    private record Question(Object body, ActorRef<Object> answerTo) {}

    @Override
    public void open() {}

    @Override
    public void execute(Runnable step) {
        caller.tell(step);
    }

    @Override
    public void call(Object body, BiConsumer<@Nullable Object, @Nullable Throwable> answered) {
        AskPattern.<Question, Object>ask(echo, answerTo -> new Question(body, answerTo), WITHIN, caller.scheduler())
                // Scala's stages run even plain callbacks on the common pool, which on two processors is a new thread
                // for each
                .whenCompleteAsync(answered, this::here);
    }

    /** Run an answer's handler on this thread. Where the answer was there before anybody asked for it, not before what asked for it has returned. */
    private void here(Runnable answer) {
        Deque<Runnable> waiting = nested.get();
        waiting.add(answer);
        if (waiting.size() == 1) {
            while (!waiting.isEmpty()) {
                try {
                    waiting.element().run();
                } finally {
                    waiting.remove();
                }
            }
        }
    }

    @Override
    public void close() throws Exception {
        PekkoSystem.stop(caller);
    }
}
