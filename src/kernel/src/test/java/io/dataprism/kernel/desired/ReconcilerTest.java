package io.dataprism.kernel.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.logging.LogLines;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A grant that conf/ withdraws is gone, whatever else fails. */
class ReconcilerTest {
    private static final PluginId CHARTS = new PluginId("charts");

    private final Node node = new Node();
    private final Reconciler reconciler = new Reconciler(node, Duration.ofSeconds(10));

    /** A node on which each operation can be made to fail. */
    private static final class Node implements Operations {
        private final Set<String> failing = new TreeSet<>();
        private final Set<String> granted = new TreeSet<>();
        private final List<String> rights = new ArrayList<>();
        private final List<String> done = Collections.synchronizedList(new ArrayList<>());
        private final Map<PluginId, PluginState> states = new ConcurrentHashMap<>();
        private volatile @Nullable Promise<Void> far;
        private volatile @Nullable Promise<Void> comingUp;

        private Future<Void> act(String operation, PluginId id, PluginState after) {
            done.add(operation);
            if (failing.contains(operation)) {
                return Future.failedFuture(new IllegalStateException(operation + " fails"));
            }
            states.put(id, after);
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> install(WantedPlugin wanted) {
            if (far != null) {
                done.add("fetch");
                return far.future().onSuccess(come -> states.put(wanted.id(), PluginState.INSTALLED));
            }
            return act("install", wanted.id(), PluginState.INSTALLED);
        }

        @Override
        public boolean isFar(WantedPlugin wanted) {
            return far != null;
        }

        @Override
        public Future<Void> installed() {
            return Future.succeededFuture();
        }

        @Override
        public <T> Future<T> together(Supplier<Future<T>> asking) {
            return asking.get();
        }

        @Override
        public Future<Void> enable(WantedPlugin wanted) {
            return comingUp == null
                    ? act("enable", wanted.id(), PluginState.RUNNING)
                    : comingUp.future().onSuccess(up -> states.put(wanted.id(), PluginState.RUNNING));
        }

        @Override
        public Future<Void> reload(PluginId id, JsonObject config) {
            return act("reload", id, PluginState.RUNNING);
        }

        @Override
        public Future<Void> configure(PluginId id, JsonObject config) {
            return act("configure", id, PluginState.RUNNING);
        }

        @Override
        public Future<Void> supervise(PluginId id, SupervisionTerms terms) {
            done.add("supervise");
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> stop(PluginId id) {
            return act("stop", id, PluginState.STOPPED);
        }

        @Override
        public Future<Void> remove(PluginId id) {
            return act("remove", id, PluginState.STOPPED);
        }

        @Override
        public Future<Void> limit(PluginId id, Allowance allowance) {
            done.add("limit " + allowance.toJson().encode());
            return Future.succeededFuture();
        }

        @Override
        public void grant(PluginId id, String permission) {
            rights.add("+" + permission);
            granted.add(permission);
        }

        @Override
        public void revoke(PluginId id, String permission) {
            if (failing.contains("revoke")) {
                throw new IllegalStateException("revoke fails");
            }
            rights.add("-" + permission);
            granted.remove(permission);
        }

        @Override
        public boolean isLogged(PluginId id, Throwable cause) {
            return failing.contains("logged");
        }

        @Override
        public Map<PluginId, PluginState> states() {
            if (failing.contains("states")) {
                throw new StackOverflowError("as if");
            }
            return Map.copyOf(states);
        }
    }

    private void want(JsonObject charts) {
        reconciler.apply(DesiredState.fromJson(new JsonObject().put(CHARTS.value(), charts)));
    }

    private static JsonObject charts(String source, String... grants) {
        return new JsonObject().put("source", source).put("grants", new JsonArray(List.of(grants)));
    }

    @Test
    void whatFailsIsLoggedOnceHoweverOftenItHappens() {
        node.failing.add("install");
        try (LogLines log = new LogLines(Reconciler.class)) {
            want(charts("charts.jar"));
            reconciler.reconcile();
            assertEquals(List.of("Plugin 'charts' is not as desired: install fails"), log.seen());
        }
    }

    @Test
    void whatTheLogHasAlreadyIsNotLoggedAgain() {
        node.failing.addAll(List.of("install", "logged"));
        try (LogLines log = new LogLines(Reconciler.class)) {
            want(charts("charts.jar"));
            assertEquals(List.of(), log.seen());
        }
    }

    @Test
    void limitsFollowWhatIsWanted() {
        JsonObject limited = charts("charts.jar")
                .put("limits", new JsonObject().put("cpu", 80).put("memory", "1MiB"));
        want(limited);
        assertEquals(List.of("install", "limit {\"cpu\":80,\"memory\":1048576}", "enable"), node.done);
        node.done.clear();
        want(limited);
        want(charts("charts.jar").put("limits", new JsonObject().put("cpu", 90)));
        want(charts("charts.jar"));
        assertEquals(List.of("limit {\"cpu\":90}", "limit {}"), node.done);
        node.done.clear();
        want(limited);
        reconciler.apply(DesiredState.NOTHING);
        assertEquals(List.of("limit {\"cpu\":80,\"memory\":1048576}", "limit {}", "remove"), node.done);
    }

    @Test
    void aPluginThatCannotBeStoppedLosesItsGrants() {
        want(new JsonObject().put("grants", new JsonArray().add("call:a:b")));
        assertEquals(Set.of("call:a:b"), node.granted);
        node.failing.add("stop");
        reconciler.apply(DesiredState.NOTHING);
        assertEquals(Set.of(), node.granted);
    }

    @Test
    void aDenialIsReplacedWithoutAMomentBetweenThem() {
        want(charts("charts.jar", "call:a", "!call:a:x"));
        assertEquals(Set.of("call:a", "!call:a:x"), node.granted);
        node.rights.clear();
        want(charts("charts.jar", "call:a", "!call:a:*"));
        assertEquals(Set.of("call:a", "!call:a:*"), node.granted);
        assertEquals(List.of("+!call:a:*", "-!call:a:x"), node.rights.subList(0, 2));
    }

    @Test
    void aDenialHoldsThoughItsPluginCannotBeFetched() {
        want(charts("charts.jar", "call:a"));
        node.failing.add("install");
        want(charts("charts-2.jar", "call:a", "!call:a:x"));
        assertEquals(Set.of("call:a", "!call:a:x"), node.granted);
        want(charts("charts-2.jar", "call:a"));
        assertEquals(Set.of("call:a"), node.granted);
    }

    @Test
    void aSourceThatCannotBeFetchedKeepsNoGrant() {
        want(charts("charts.jar", "call:a:b", "call:c:d"));
        node.failing.add("install");
        want(charts("charts-2.jar", "call:c:d", "call:e:f"));
        assertEquals(Set.of("call:c:d"), node.granted);
        node.failing.clear();
        reconciler.reconcile();
        assertEquals(Set.of("call:c:d", "call:e:f"), node.granted);
    }

    @Test
    void aGrantThatCouldNotBeRevokedIsRevokedAtTheNextRun() {
        want(charts("charts.jar", "call:a:b"));
        node.failing.add("revoke");
        want(charts("charts.jar"));
        assertEquals(Set.of("call:a:b"), node.granted);
        reconciler.apply(DesiredState.NOTHING);
        assertEquals(Set.of("call:a:b"), node.granted);
        node.failing.clear();
        reconciler.reconcile();
        assertEquals(Set.of(), node.granted);
    }

    @Test
    void aGrantThatWasRevokedIsGivenAgainWhenWantedAgain() {
        want(charts("charts.jar", "call:a:b"));
        node.failing.add("install");
        want(charts("charts-2.jar"));
        assertEquals(Set.of(), node.granted);
        want(charts("charts.jar", "call:a:b"));
        assertEquals(Set.of("call:a:b"), node.granted);
    }

    @Test
    void aGrantThatIsWithdrawnWaitsForNoPluginThatComesUp() {
        Promise<Void> slow = Promise.promise();
        node.comingUp = slow;
        want(charts("charts.jar", "call:a:b", "call:c:d"));
        assertEquals(Set.of("call:a:b", "call:c:d"), node.granted);
        want(charts("charts.jar", "call:c:d"));
        assertEquals(Set.of("call:c:d"), node.granted);
        reconciler.apply(DesiredState.NOTHING);
        assertEquals(Set.of(), node.granted);
        slow.complete();
        assertEquals(Set.of(), node.granted);
    }

    @Test
    void aGrantThatIsWithdrawnMeanwhileAndWantedAgainIsGivenAgain() {
        Promise<Void> slow = Promise.promise();
        node.comingUp = slow;
        want(charts("charts.jar", "call:a:b"));
        want(charts("charts.jar"));
        want(charts("charts.jar", "call:a:b"));
        slow.complete();
        assertEquals(Set.of("call:a:b"), node.granted);
    }

    @Test
    void anErrorInOneRunEndsNoOther() {
        node.failing.add("states");
        want(charts("a.jar"));
        assertEquals(List.of(), node.done);
        node.failing.clear();
        assertTrue(reconciler.reconcile().isComplete());
        assertEquals(List.of("install", "enable"), node.done);
    }

    @Test
    void anArtifactThatComesWhenNobodyWantsItAnyMoreIsTakenAway() {
        Promise<Void> slow = Promise.promise();
        node.far = slow;
        Reconciler impatient = new Reconciler(node, Duration.ofMillis(1));
        DesiredState charts = DesiredState.fromJson(new JsonObject().put(CHARTS.value(), charts("https://a/b.jar")));
        Future<Void> first = impatient.apply(charts);
        Awaitility.await().until(first::isComplete);
        Future<Void> second = impatient.apply(charts);
        Awaitility.await().until(second::isComplete);
        assertEquals(List.of("fetch"), List.copyOf(node.done));
        Future<Void> none = impatient.apply(DesiredState.NOTHING);
        Awaitility.await().until(none::isComplete);
        slow.complete();
        Awaitility.await().until(() -> List.copyOf(node.done).equals(List.of("fetch", "remove")));
    }
}
