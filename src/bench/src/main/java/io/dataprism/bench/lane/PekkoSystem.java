package io.dataprism.bench.lane;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/** Pekko as it comes, with its logging off. */
final class PekkoSystem {
    private static final Config QUIET = ConfigFactory.parseString(
                    "pekko { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, jvm-exit-on-fatal-error = off }")
            .withFallback(ConfigFactory.load(PekkoSystem.class.getClassLoader()));

    private PekkoSystem() {}

    /** A system whose guardian behaves as {@code guardian}. */
    static <T> ActorSystem<T> start(Behavior<T> guardian) {
        return ActorSystem.create(guardian, "bench", QUIET);
    }

    static void stop(ActorSystem<?> system) throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
