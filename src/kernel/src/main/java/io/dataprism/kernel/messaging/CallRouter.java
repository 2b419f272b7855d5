package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.traffic.Outcome;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the plugin for a call: one that runs here gets it straight into its mailbox; one that is activated by calls is started first, and all
 * calls for it wait in their order; one on another node is reached over the bus. Safe to use from any thread.
 */
final class CallRouter {
    private static final Pattern CAPABILITY = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int LONGEST = 64;

    private final LocalMessaging messaging;
    private final Map<String, PluginParty> plugins = new ConcurrentHashMap<>();
    private final StartQueue starting = new StartQueue();
    private volatile Activator activator = Activator.none();

    CallRouter(LocalMessaging messaging) {
        this.messaging = messaging;
    }

    void activator(Activator next) {
        activator = next;
    }

    Activator activator() {
        return activator;
    }

    void add(PluginParty plugin) {
        if (plugins.putIfAbsent(plugin.id().value(), plugin) != null) {
            throw new PluginException(
                    "DP-0102",
                    "Plugin '" + plugin.id() + "' has an endpoint on this node already. Close that one first.");
        }
        starting.release(plugin.id().value());
    }

    void remove(PluginParty plugin) {
        plugins.remove(plugin.id().value(), plugin);
    }

    Optional<PluginParty> plugin(String id) {
        return Optional.ofNullable(plugins.get(id));
    }

    /** Call on behalf of a caller who was allowed to. */
    <T> Future<T> call(CallRequest<T> request) {
        return messaging.witness().watches() ? watched(request) : made(request);
    }

    private <T> Future<T> watched(CallRequest<T> request) {
        Subject subject = request.subject();
        long began = System.nanoTime();
        messaging.witness().sent(subject, Outcome.TAKEN, "");
        return made(request)
                .onComplete(
                        end -> messaging.witness().answered(subject, request.plugin(), request.answers(), began, end));
    }

    private <T> Future<T> refused(CallRequest<T> request, CallException why) {
        if (!request.tried()) {
            messaging.witness().buryCall(request.subject(), request.plugin(), why, false);
        }
        return request.from().failed(why);
    }

    private <T> Future<T> made(CallRequest<T> request) {
        try {
            messaging.handles().require(request.body(), request.caller());
        } catch (PluginException denied) {
            return refused(
                    request,
                    new CallException(FailureKind.DENIED, denied.code(), String.valueOf(denied.getMessage()), denied));
        }
        if (isForAnotherNode(request)) {
            return elsewhere(request);
        }
        PluginParty found = plugins.get(request.plugin());
        if (found != null && found.isAccepting() && starting.isEmpty()) {
            return send(request, found);
        }
        return queueOrStart(request, found);
    }

    private boolean isForAnotherNode(CallRequest<?> request) {
        return request.node() != null && !request.node().equals(messaging.node());
    }

    /** Whether {@code capability} of {@code plugin} may be called twice as well as once, as far as this node knows. */
    boolean isIdempotent(String plugin, String capability) {
        PluginParty found = plugins.get(plugin);
        return (found != null && found.isIdempotent(capability))
                || (PluginId.isValid(plugin) && activator.isIdempotent(new PluginId(plugin), capability));
    }

    private <T> Future<T> send(CallRequest<T> request, PluginParty to) {
        if (!to.offers(request.capability())) {
            return refused(request, noSuchCapability(to, request.capability()));
        }
        TurnedAway away = to.away();
        if (away != null && request.from() != to) {
            return refused(request, new CallException(FailureKind.NOT_RUNNING, away.code(), away.why(), null));
        }
        messaging.handles().give(request.body(), to.caller);
        CapabilityCall<T> call = request.to(to);
        messaging.await(call);
        if (call.isSettled()) {
            return call.future();
        }
        FailureKind refusal = to.offer(call);
        if (refusal != null) {
            call.fail(refusal == FailureKind.BUSY ? busy(call) : notRunning(to.id(), "is stopping"));
        }
        return call.future();
    }

    private <T> Future<T> queueOrStart(CallRequest<T> request, @Nullable PluginParty found) {
        boolean running = found != null && found.isAccepting();
        Optional<String> state = running ? Optional.of("running") : stateOf(request.plugin());
        if (state.isEmpty()) {
            return elsewhereOr(request, notFound(request.caller(), request.plugin(), request.capability()));
        }
        if (!running) {
            Set<String> declared = activator.capabilitiesOf(new PluginId(request.plugin()));
            if (!declared.isEmpty() && !declared.contains(request.capability())) {
                return elsewhereOr(request, noSuchCapability(request.plugin(), declared, request.capability()));
            }
        }
        AwaitedStart<T> wait = new AwaitedStart<>(request);
        messaging.await(wait);
        if (wait.isSettled()) {
            return wait.future();
        }
        Start<T> start = new Start<>(request, wait);
        if (running) {
            // Behind calls that still wait for the start that has just succeeded, else at once.
            if (!starting.addBehind(request.plugin(), start)) {
                start.go();
            }
        } else if (starting.add(request.plugin(), start)) {
            start.ask();
        }
        return wait.future();
    }

    /** A call among those that wait for their plugin. */
    private final class Start<T> implements StartQueue.Waiting {
        private final CallRequest<T> request;
        private final AwaitedStart<T> wait;

        Start(CallRequest<T> request, AwaitedStart<T> wait) {
            this.request = request;
            this.wait = wait;
        }

        @Override
        public void ask() {
            Future.succeededFuture()
                    .compose(go -> activator.activate(new PluginId(request.plugin()), request.capability()))
                    .onComplete(this::answered);
        }

        private void answered(AsyncResult<Boolean> started) {
            if (started.succeeded() && !started.result()) {
                starting.leave(request.plugin(), this);
            } else if (runs(request.plugin())) {
                starting.release(request.plugin());
            } else {
                starting.giveUp(request.plugin(), this);
            }
        }

        @Override
        public void go() {
            attempt(request.within(wait.deadline - System.nanoTime()), wait);
        }
    }

    private boolean runs(String plugin) {
        PluginParty found = plugins.get(plugin);
        return found != null && found.isAccepting();
    }

    private <T> Future<T> elsewhereOr(CallRequest<T> request, CallException missing) {
        boolean elsewhere = request.node() == null && messaging.edge().calls().reachElsewhere();
        return elsewhere ? elsewhere(request) : refused(request, missing);
    }

    private <T> Future<T> elsewhere(CallRequest<T> request) {
        return messaging.edge().calls().call(request).onFailure(why -> unreached(request, why));
    }

    /** What another node refused or failed is a dead letter there. */
    private void unreached(CallRequest<?> request, Throwable why) {
        boolean reached = why instanceof CallException call
                && call.kind() != FailureKind.NO_SUCH_CAPABILITY
                && call.kind() != FailureKind.NOT_RUNNING;
        if (!reached && !request.tried()) {
            messaging.witness().buryCall(request.subject(), request.plugin(), why, false);
        }
    }

    /** Whether a plugin of that id is installed on this node. */
    boolean isKnown(String plugin) {
        return stateOf(plugin).isPresent();
    }

    private Optional<String> stateOf(String plugin) {
        return PluginId.isValid(plugin) ? activator.stateOf(new PluginId(plugin)) : Optional.empty();
    }

    /** One call that cannot be made must not keep the ones behind it waiting. */
    private <T> void attempt(CallRequest<T> request, AwaitedStart<T> wait) {
        try {
            retry(request, wait);
        } catch (RuntimeException | Error e) {
            wait.fail(new CallException(
                    FailureKind.FAILED, "The kernel could not make the call of " + wait.what() + ": " + e, e));
        }
    }

    private <T> void retry(CallRequest<T> request, AwaitedStart<T> wait) {
        if (wait.isSettled()) {
            return;
        }
        Optional<CallException> denied = deniedMeanwhile(request);
        if (denied.isPresent()) {
            wait.fail(denied.get());
            return;
        }
        PluginParty found = plugins.get(request.plugin());
        boolean here = found != null && found.isAccepting();
        if (!here && request.node() == null && messaging.edge().calls().reachElsewhere()) {
            wait.followCall(elsewhere(request));
        } else if (!here || found == null) {
            PluginId id = new PluginId(request.plugin());
            wait.fail(notRunning(id, "is " + activator.stateOf(id).orElse("not installed any more")));
        } else {
            wait.followCall(send(request, found));
        }
    }

    /** A start takes as long as it takes; its caller may have lost the grant. Whoever calls over the bus was asked for there. */
    private Optional<CallException> deniedMeanwhile(CallRequest<?> request) {
        return request.from().caller.equals(request.caller())
                ? denial(request.caller(), request.plugin(), request.capability())
                : Optional.empty();
    }

    /** Grants of {@code party} changed: streams that stand on one that is gone end. */
    void recheck(Party party) {
        party.pending.failAll(
                reply -> reply.streamed() != null && !messaging.gate().may(party.caller, reply.streamed()),
                reply -> revoked(party.caller, reply));
    }

    static CallException revoked(Caller caller, PendingReply<?> stream) {
        return new CallException(
                FailureKind.DENIED,
                "The stream of " + stream.what() + " ended: the grant of " + caller + " was revoked.");
    }

    /** Who may call is asked before anything is told about the plugin. */
    Optional<CallException> denial(Caller caller, String plugin, String capability) {
        if (!PluginId.isValid(plugin)) {
            return Optional.of(notFound(caller, plugin, capability));
        }
        if (!isCapability(capability)) {
            return Optional.of(new CallException(
                    FailureKind.NO_SUCH_CAPABILITY,
                    "No plugin can have a capability '" + PluginException.excerpt(capability)
                            + "'. Use lower-case words joined by hyphens."));
        }
        Permission permission = Permission.call(plugin, capability);
        if (messaging.gate().may(caller, permission)) {
            return Optional.empty();
        }
        return Optional.of(denied(messaging.gate().denial(caller, permission)));
    }

    static CallException denied(PermissionDeniedException why) {
        return new CallException(FailureKind.DENIED, String.valueOf(why.getMessage()), why);
    }

    /** A caller learns of no other plugins than those that it might have called. */
    CallException notFound(Caller caller, String plugin, String capability) {
        List<String> near = activator.near(plugin, id -> mayCall(caller, id, capability));
        String next = near.isEmpty()
                ? "No plugin of that id is installed. Check the id, or install the plugin."
                : "Did you mean "
                        + String.join(
                                " or ", near.stream().map(id -> "'" + id + "'").toList()) + "?";
        return new CallException(
                FailureKind.NO_SUCH_CAPABILITY, "Plugin not found: " + PluginException.excerpt(plugin) + ". " + next);
    }

    private boolean mayCall(Caller caller, PluginId id, String capability) {
        return isCapability(capability) && messaging.gate().may(caller, Permission.call(id.value(), capability));
    }

    private static boolean isCapability(String capability) {
        return capability.length() <= LONGEST && CAPABILITY.matcher(capability).matches();
    }

    static CallException noSuchCapability(PluginParty plugin, String capability) {
        return noSuchCapability(plugin.id().value(), plugin.offered(), capability);
    }

    private static CallException noSuchCapability(String plugin, Set<String> offered, String capability) {
        return new CallException(
                FailureKind.NO_SUCH_CAPABILITY,
                "Plugin '" + plugin + "' has no capability '" + PluginException.excerpt(capability) + "'. It offers "
                        + new TreeSet<>(offered) + ".");
    }

    private static CallException busy(PendingReply<?> call) {
        return new CallException(
                FailureKind.BUSY, "The mailbox is full: " + call.what() + " was not called. Try again later.");
    }

    private static CallException notRunning(PluginId plugin, String why) {
        return new CallException(
                FailureKind.NOT_RUNNING,
                "Plugin '" + plugin + "' " + why + ", and a call does not start it. Start it: dataprism plugins start "
                        + plugin);
    }
}
