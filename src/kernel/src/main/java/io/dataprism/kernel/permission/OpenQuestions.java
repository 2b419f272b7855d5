package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The questions that wait for somebody's answer: each once, and so many of one caller. Safe to use from any thread. */
final class OpenQuestions {
    /** Different ones of one caller: under a wildcard it may have any number of them. */
    static final int MOST = 20;

    private final Map<Caller, Map<Permission, Future<Boolean>>> open = new HashMap<>();

    /** Ask, unless that is being asked already; the answer to come, or empty where {@code caller} has asked enough. */
    Optional<Future<Boolean>> ask(Caller caller, Permission permission, Supplier<Future<Boolean>> asking) {
        Promise<Boolean> fresh = Promise.promise();
        synchronized (this) {
            Map<Permission, Future<Boolean>> ofCaller = open.computeIfAbsent(caller, none -> new HashMap<>());
            @Nullable Future<Boolean> asked = ofCaller.get(permission);
            if (asked != null) {
                return Optional.of(asked);
            }
            if (ofCaller.size() >= MOST) {
                return Optional.empty();
            }
            ofCaller.put(permission, fresh.future());
        }
        asking.get().onComplete(answer -> {
            answered(caller, permission);
            fresh.handle(answer);
        });
        return Optional.of(fresh.future());
    }

    private synchronized void answered(Caller caller, Permission permission) {
        open.computeIfPresent(caller, (same, ofCaller) -> {
            ofCaller.remove(permission);
            return ofCaller.isEmpty() ? null : ofCaller;
        });
    }
}
