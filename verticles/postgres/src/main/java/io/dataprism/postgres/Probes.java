package io.dataprism.postgres;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Whether databases answer: one login of each at a time, however many ask. In the plugin's slices. */
final class Probes {
    private final Function<Target, Future<?>> login;
    private final Map<String, Future<Boolean>> underWay = new HashMap<>();

    Probes(Function<Target, Future<?>> login) {
        this.login = login;
    }

    /** Asks the database, or waits with whoever did. */
    Future<Boolean> isUp(Target target) {
        Future<Boolean> asked = underWay.get(target.name());
        if (asked != null) {
            return asked;
        }
        Future<Boolean> asking = login.apply(target).map(true).otherwise(false);
        if (!asking.isComplete()) {
            underWay.put(target.name(), asking);
            asking.onComplete(answered -> underWay.remove(target.name()));
        }
        return asking;
    }
}
