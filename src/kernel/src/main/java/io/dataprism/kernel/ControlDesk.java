package io.dataprism.kernel;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.desired.Reconciler;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.manifest.Isolation;
import io.dataprism.kernel.messaging.Lag;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.Reviewed;
import io.dataprism.kernel.resource.Tally;
import io.dataprism.kernel.text.NearNames;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The control operations, by {@code noun:verb}. Safe to use from any thread. */
final class ControlDesk implements KernelControl {
    private final Map<String, Function<ControlRequest, Future<JsonObject>>> operations = new LinkedHashMap<>();
    private final Kernel kernel;
    private final KernelParts parts;
    private final Reconciler reconciler;
    private final Foreigners foreigners;
    private final NodeChecks checks;
    private final OperatorEndpoint operator;
    private final GrantDesk grants;
    private final ControlAudit audit;

    ControlDesk(
            Kernel kernel,
            KernelParts parts,
            Reconciler reconciler,
            MessageDesk messages,
            Foreigners foreigners,
            NodeChecks checks,
            NodeResources resources) {
        this.checks = checks;
        this.foreigners = foreigners;
        this.kernel = kernel;
        this.parts = parts;
        this.operator = new OperatorEndpoint(parts.messaging());
        this.reconciler = reconciler;
        this.grants = new GrantDesk(parts);
        this.audit = new ControlAudit(parts);
        operations.put("node:info", request -> Future.succeededFuture(nodeInfo()));
        operations.put("plugins:list", request -> Future.succeededFuture(plugins()));
        operations.put("plugins:info", this::info);
        operations.put("plugins:doctor", request -> info(request).compose(new PluginDoctor(parts, grants)::examine));
        operations.put(
                "plugins:install", request -> kernel.install(source(request)).map(PluginInfo::toJson));
        operations.put(
                "plugins:review",
                request -> new HostContext(parts.vertx())
                        .deliver(parts.review(source(request)).map(Reviewed::toJson)));
        operations.put("plugins:load", this::load);
        operations.put("plugins:start", this::load);
        operations.put("plugins:stop", this::stop);
        operations.put("plugins:suspend", this::suspend);
        operations.put("plugins:resume", this::resume);
        operations.put("plugins:release", this::release);
        operations.put("plugins:reload", this::reload);
        operations.put("plugins:unload", this::unload);
        operations.put("plugins:remove", this::remove);
        operations.put(
                "plugins:configure",
                request ->
                        kernel.configure(request.id(), request.object("config")).map(PluginInfo::toJson));
        operations.put(
                "plugins:why",
                request -> kernel.why(request.id()).map(why -> why.toJson().put("text", why.text())));
        operations.put("plugins:call", this::call);
        operations.put("plugins:lag", request -> Future.succeededFuture(lag(request.text("id"))));
        operations.putAll(new TreeMap<>(grants.operations()));
        operations.putAll(new TreeMap<>(new AuditDesk(parts).operations()));
        operations.putAll(new TreeMap<>(new StorageDesk(parts).operations()));
        operations.putAll(new TreeMap<>(new ResourceDesk(kernel, parts, resources).operations()));
        operations.put("tasks:list", request -> Future.succeededFuture(tasks(request.text("id"))));
        operations.put("tasks:cancel", this::cancel);
        operations.put("metrics:list", request -> Future.succeededFuture(metrics(request.text("id"))));
        operations.putAll(new TreeMap<>(messages.operations()));
        operations.putAll(new TreeMap<>(new ChannelDesk(parts.messaging(), operator).operations()));
        operations.put(
                "desired:plan",
                request ->
                        Future.succeededFuture(reconciler.plan(desired(request)).toJson()));
        operations.put("desired:apply", request -> {
            JsonObject steps = reconciler.plan(desired(request)).toJson();
            return kernel.apply(desired(request)).map(done -> steps);
        });
    }

    /** Each operation's {@code noun:verb}. */
    Set<String> names() {
        return Set.copyOf(operations.keySet());
    }

    @Override
    public Future<JsonObject> invoke(Caller caller, String noun, String verb, JsonObject body) {
        if (caller.kind() != Caller.Kind.OPERATOR && caller.kind() != Caller.Kind.HOST) {
            PermissionDeniedException denied = new PermissionDeniedException(
                    "kernel:" + noun + ":" + verb,
                    caller + " may not use the control operations of the kernel; they are the operator's.");
            audit.denied(caller, noun + ":" + verb, denied);
            return Future.failedFuture(denied);
        }
        Function<ControlRequest, Future<JsonObject>> operation = operations.get(noun + ":" + verb);
        if (operation == null) {
            return Future.failedFuture(new PluginException(
                    "DP-0803",
                    "There is no control operation '" + PluginException.excerpt(noun + ":" + verb) + "'. "
                            + meant(noun, verb)));
        }
        ControlRequest request = new ControlRequest(caller, noun + ":" + verb, body);
        return Future.succeededFuture().compose(go -> audit.kept(request, () -> operation.apply(request)));
    }

    private String meant(String noun, String verb) {
        List<String> verbs = operations.keySet().stream()
                .filter(name -> name.startsWith(noun + ":"))
                .map(name -> name.substring(noun.length() + 1))
                .toList();
        if (verbs.isEmpty()) {
            return NearNames.nearest(noun + ":" + verb, operations.keySet())
                    .map(near -> "Did you mean '" + near + "'?")
                    .orElseGet(() -> "There are " + String.join(", ", operations.keySet()) + ".");
        }
        return NearNames.nearest(verb, verbs)
                .map(near -> "Did you mean '" + noun + ":" + near + "'?")
                .orElseGet(() -> "'" + noun + "' takes " + String.join(", ", verbs) + ".");
    }

    private JsonObject nodeInfo() {
        JsonArray promises = new JsonArray();
        kernel.promises()
                .forEach(promise -> promises.add(new JsonObject()
                        .put("name", promise.name())
                        .put("kept", promise.kept())
                        .put("reason", promise.reason())));
        List<PluginInfo> plugins = kernel.plugins();
        JsonObject json = new JsonObject();
        if (parts.enclosure().known().isPresent()) {
            json.put("walls", parts.enclosure().toJson());
        }
        return json.put("node", kernel.node())
                .put("pid", ProcessHandle.current().pid())
                .put("java", Runtime.version().toString())
                .put("dataFolder", parts.folder().path().toString())
                .put("addressPrefix", parts.options().addressPrefix())
                .put("plugins", plugins.size())
                .put(
                        "running",
                        plugins.stream().filter(info -> info.state().isActive()).count())
                .put("threadsLost", parts.lifecycle().threadsLost())
                .put("promises", promises)
                .put("failingChecks", checks.toJson());
    }

    private JsonObject plugins() {
        JsonArray all = new JsonArray();
        kernel.plugins().forEach(info -> all.add(info.toJson()));
        return new JsonObject()
                .put("plugins", all)
                .put("foreigners", foreigners.toJson())
                .put("failingChecks", checks.toJson());
    }

    private Future<JsonObject> info(ControlRequest request) {
        PluginId id = parts.registry().require(request.id()).id();
        PluginInfo info = parts.lifecycle().plugin(id).orElseThrow();
        JsonObject json = info.toJson().put("grants", grants.of(Optional.of(id.value())));
        parts.resources().used(id).ifPresent(use -> json.put("use", use.toJson()));
        if (info.manifest().isolation() == Isolation.PROCESS
                && parts.enclosure().known().isPresent()) {
            json.put(
                    "wall",
                    parts.enclosure().level().label() + ": " + parts.enclosure().told());
        }
        parts.resources()
                .tally(id)
                .map(Tally::toJson)
                .filter(has -> !has.isEmpty())
                .ifPresent(has -> json.put("has", has));
        JsonArray takers = foreigners.toJson(id);
        if (!takers.isEmpty()) {
            json.put("foreigners", takers);
        }
        Future<JsonObject> facts = parts.registry()
                .find(info.manifest().key())
                .map(record -> parts.blocking(() ->
                        InstalledFacts.of(parts.registry(), parts.lifecycle().vouching(), record)))
                .orElseGet(() -> Future.succeededFuture(new JsonObject()));
        return new HostContext(parts.vertx()).deliver(facts).map(json::mergeIn);
    }

    private Future<JsonObject> call(ControlRequest request) {
        CallOptions options = request.number("withinMillis")
                .map(millis -> CallOptions.within(Duration.ofMillis(millis)))
                .orElse(CallOptions.DEFAULT);
        return operator.get()
                .calls()
                .call(
                        request.id(),
                        request.required("capability"),
                        request.body().getValue("body"),
                        options)
                .map(answer -> new JsonObject().put("answer", answer));
    }

    private JsonObject lag(Optional<String> of) {
        List<Lag> found = kernel.lag().stream()
                .filter(lag -> of.map(lag.who().label()::equals).orElse(true))
                .toList();
        if (found.isEmpty()) {
            // One that is installed and not up has nothing waiting.
            of.ifPresent(parts.registry()::require);
        }
        JsonArray lost = new JsonArray();
        kernel.plugins().stream()
                .filter(info -> of.map(info.id().value()::equals).orElse(true))
                .flatMap(info -> parts.messaging().lastLoss(info.id()).stream())
                .forEach(loss -> lost.add(loss.toJson()));
        return new JsonObject()
                .put("plugins", lag(found, true))
                .put("endpoints", lag(found, false))
                .put("lost", lost);
    }

    private static JsonArray lag(List<Lag> all, boolean ofPlugins) {
        JsonArray chosen = new JsonArray();
        all.stream().filter(lag -> lag.isOfPlugin() == ofPlugins).forEach(lag -> chosen.add(lag.toJson()));
        return chosen;
    }

    private static ArtifactSource source(ControlRequest request) {
        String source = request.required("source");
        return request.text("sha256")
                .map(hash -> ArtifactSource.parse(source, hash))
                .orElseGet(() -> ArtifactSource.parse(source));
    }

    private Future<JsonObject> load(ControlRequest request) {
        LoadOptions options = new LoadOptions(request.optional("config"), request.text("version"), List.of());
        return kernel.load(request.id(), options).map(PluginInfo::toJson);
    }

    private Aftermath aftermath(ControlRequest request) {
        PluginId id = parts.registry().require(request.id()).id();
        return Aftermath.of(id, kernel.plugins(), reconciler.wanted(id));
    }

    private Future<JsonObject> stop(ControlRequest request) {
        Aftermath aftermath = aftermath(request);
        return kernel.stop(request.id()).map(info -> aftermath.stopped(info.toJson()));
    }

    private Future<JsonObject> suspend(ControlRequest request) {
        PluginId id = parts.registry().require(request.id()).id();
        return new HostContext(parts.vertx())
                .deliver(parts.lifecycle().suspend(id, NodeKernel.suspendedBy(request.caller())))
                .map(PluginInfo::toJson);
    }

    private Future<JsonObject> resume(ControlRequest request) {
        return kernel.resume(request.id()).map(PluginInfo::toJson);
    }

    private Future<JsonObject> release(ControlRequest request) {
        PluginId id = parts.registry().require(request.id()).id();
        return new HostContext(parts.vertx())
                .deliver(parts.lifecycle().release(id, request.caller().toString()))
                .map(PluginInfo::toJson);
    }

    private Future<JsonObject> unload(ControlRequest request) {
        Aftermath aftermath = aftermath(request);
        return kernel.unload(request.id()).map(done -> aftermath.stopped(request.idOnly()));
    }

    private Future<JsonObject> remove(ControlRequest request) {
        Aftermath aftermath = aftermath(request);
        boolean storage = request.flag("storage");
        PluginId id = parts.registry().require(request.id()).id();
        return kernel.remove(request.id())
                .compose(done -> storage ? parts.storages().delete(id) : Future.succeededFuture())
                .recover(StorageDesk::noneIsFine)
                .map(done -> aftermath.removed(request.idOnly()));
    }

    private Future<JsonObject> reload(ControlRequest request) {
        Future<PluginInfo> reloaded = request.text("source").isPresent()
                ? kernel.reload(request.id(), source(request))
                : kernel.reload(request.id());
        return reloaded.map(PluginInfo::toJson);
    }

    private JsonObject tasks(Optional<String> plugin) {
        JsonArray all = new JsonArray();
        parts.tasks().list().stream()
                .filter(task -> plugin.map(task.plugin().value()::equals).orElse(true))
                .forEach(task -> all.add(task.toJson()));
        return new JsonObject().put("tasks", all);
    }

    private Future<JsonObject> cancel(ControlRequest request) {
        String task = request.required("task");
        if (!parts.tasks().cancel(task)) {
            return Future.failedFuture(new PluginException(
                    "DP-0804",
                    "There is no running task '" + PluginException.excerpt(task)
                            + "'. The operation tasks:list says which there are."));
        }
        return Future.succeededFuture(tasks(Optional.empty()));
    }

    private JsonObject metrics(Optional<String> plugin) {
        JsonArray all = new JsonArray();
        kernel.metrics().stream()
                .filter(sample -> plugin.map(sample.plugin().value()::equals).orElse(true))
                .forEach(sample -> all.add(sample.toJson()));
        return new JsonObject().put("metrics", all);
    }

    private static DesiredState desired(ControlRequest request) {
        return DesiredState.fromJson(request.object("plugins"));
    }
}
