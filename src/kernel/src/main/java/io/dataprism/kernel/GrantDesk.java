package io.dataprism.kernel;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.kernel.permission.Grant;
import io.dataprism.kernel.permission.GrantCommands;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionName;
import io.dataprism.kernel.permission.PermissionRule;
import io.dataprism.kernel.permission.RequestedGrants;
import io.dataprism.kernel.permission.Ruling;
import io.dataprism.kernel.permission.Term;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The control operations on grants: who has which, who wants which, and why something is allowed or denied. Safe to use from any thread. */
final class GrantDesk {
    private static final String USER = "user:";

    private final KernelParts parts;
    private final GrantStore grants;

    GrantDesk(KernelParts parts) {
        this.parts = parts;
        this.grants = parts.gate().grants();
    }

    /** Each operation by its {@code noun:verb}. */
    Map<String, Function<ControlRequest, Future<JsonObject>>> operations() {
        return Map.of(
                "grants:list", request -> Future.succeededFuture(list(request.text("id"))),
                "grants:add", this::add,
                "grants:revoke", this::revoke,
                "grants:requests", request -> Future.succeededFuture(requests(request.text("id"))),
                "grants:explain", this::explain);
    }

    private JsonObject list(Optional<String> id) {
        return new JsonObject().put("grants", of(id));
    }

    /** What was granted to {@code id}, or to all. */
    JsonArray of(Optional<String> id) {
        JsonArray all = new JsonArray();
        grants.all().stream()
                .filter(grant -> id.map(grant.to().label()::equals).orElse(true))
                .forEach(grant -> all.add(json(grant)));
        return all;
    }

    private JsonObject json(Grant grant) {
        JsonObject json = new JsonObject()
                .put("to", grant.to().label())
                .put("permission", grant.rule().toString())
                .put("by", grant.by())
                .put("reason", grant.reason())
                .put("since", grant.since().toString())
                .put("holds", grant.term().text())
                .put("stored", grants.isStored(grant));
        PermissionName name = grant.permission().name();
        return about(json, name).put("fullTrust", name.isFullTrust() && !grant.denies());
    }

    private static JsonObject about(JsonObject json, PermissionName name) {
        return json.put("lets", name.lets())
                .put("danger", name.danger().label())
                .put("fullTrust", name.isFullTrust())
                .put("held", name.held().label());
    }

    /** Whom {@code id} means: a plugin, or {@code user:<name>}. */
    private static Caller caller(ControlRequest request) {
        String id = request.id();
        return id.startsWith(USER) ? Caller.user(id.substring(USER.length())) : Caller.plugin(new PluginId(id));
    }

    private Future<JsonObject> add(ControlRequest request) {
        Caller to = caller(request);
        PermissionRule rule = PermissionRule.parse(request.required("permission"));
        Term term = request.text("holds")
                .map(text -> Term.parse(text, grants.clock()))
                .orElse(Term.FOR_GOOD);
        grants.give(to, rule, "operator", request.text("reason").orElse(""), term);
        JsonObject answer = list(request.text("id"));
        notes(to, rule, term, answer);
        return grants.stored().map(answer);
    }

    /** What the operator may not have meant. */
    private void notes(Caller to, PermissionRule rule, Term term, JsonObject answer) {
        JsonArray notes = new JsonArray();
        if (term.outlives() && !grants.isStored()) {
            notes.add(
                    "This node stores no grants, since its data folder is a temporary one: it ends with the node at the latest.");
        }
        useless(to, rule).ifPresent(notes::add);
        new RequestedGrants(to.label(), List.of(), List.of(rule))
                .trust()
                .values()
                .forEach(notes::add);
        if (!rule.denies()) {
            grants.denialOf(to, rule.permission())
                    .ifPresent(denial -> notes.add("'" + denial.rule() + "', given by " + denial.by()
                            + ", denies " + (denial.permission().covers(rule.permission()) ? "that" : "a part of that")
                            + " all the same."));
        }
        if (!notes.isEmpty()) {
            answer.put("notes", notes);
        }
    }

    /** Why a grant changes nothing now. */
    private Optional<String> useless(Caller to, PermissionRule rule) {
        if (to.kind() != Caller.Kind.PLUGIN) {
            return Optional.empty();
        }
        Optional<PluginInfo> plugin = plugin(to);
        if (plugin.isEmpty()) {
            return Optional.of("No plugin '" + to.name() + "' is installed, so the "
                    + (rule.denies() ? "denial" : "grant") + " does nothing until one is.");
        }
        return new RequestedGrants(to.name(), requested(plugin.get()), List.of(rule))
                .idle().values().stream().findFirst();
    }

    private Optional<PluginInfo> plugin(Caller caller) {
        return parts.lifecycle().plugin(new PluginId(caller.name()));
    }

    private static List<Permission> requested(PluginInfo plugin) {
        return plugin.manifest().permissions().stream()
                .map(request -> Permission.parse(request.permission()))
                .toList();
    }

    private Future<JsonObject> revoke(ControlRequest request) {
        Caller from = caller(request);
        PermissionRule rule = PermissionRule.parse(request.required("permission"));
        boolean was = grants.take(from, rule, Actor.of(request.caller(), ""));
        JsonObject answer = list(request.text("id"));
        if (!was) {
            answer.put(
                    "notes",
                    new JsonArray()
                            .add(
                                    "'" + rule + "' was not given to '" + from.label()
                                            + "' in these words, so nothing was taken back. The operation grants:list says what was."));
        }
        return grants.stored().map(answer);
    }

    /** What plugins ask for and were not granted as a whole. */
    JsonObject requests(Optional<String> id) {
        id.ifPresent(parts.registry()::require);
        JsonArray all = new JsonArray();
        parts.lifecycle().plugins().stream()
                .filter(plugin -> id.map(plugin.id().value()::equals).orElse(true))
                .forEach(plugin -> plugin.manifest()
                        .permissions()
                        .forEach(request -> open(plugin, request).ifPresent(all::add)));
        return new JsonObject().put("requests", all);
    }

    private Optional<JsonObject> open(PluginInfo plugin, RequestedPermission request) {
        Caller caller = Caller.plugin(plugin.id());
        Permission wanted = Permission.parse(request.permission());
        Ruling ruling = ruling(caller, wanted);
        if (ruling.isAllowed()) {
            return Optional.empty();
        }
        boolean partly = grants.grants(caller).stream()
                .anyMatch(grant -> !grant.denies() && grant.permission().overlaps(wanted));
        JsonObject json = new JsonObject()
                .put("id", plugin.id().value())
                .put("version", plugin.version())
                .put("permission", wanted.toString())
                .put("reason", request.reason())
                .put("state", ruling.ground() == Ruling.Ground.DENIED ? "denied" : partly ? "partly granted" : "open")
                .put("why", ruling.text())
                .put("command", command(ruling))
                .put("line", GrantCommands.line(wanted));
        return Optional.of(about(json, wanted.name()));
    }

    /** What an operator types for it to be allowed. */
    private static String command(Ruling ruling) {
        return ruling.ground() == Ruling.Ground.DENIED
                ? ruling.grant()
                        .map(denial -> GrantCommands.revoke(ruling.caller(), denial.rule()))
                        .orElse("")
                : GrantCommands.add(ruling.caller(), ruling.wanted());
    }

    /** As the gate would decide once the plugin runs, where it does not. */
    private Ruling ruling(Caller caller, Permission wanted) {
        return caller.kind() == Caller.Kind.PLUGIN && !grants.isKnown(caller)
                ? plugin(caller)
                        .map(info -> parts.gate().ruling(caller, wanted, info.version(), requested(info)))
                        .orElseGet(() -> parts.gate().ruling(caller, wanted))
                : parts.gate().ruling(caller, wanted);
    }

    private Future<JsonObject> explain(ControlRequest request) {
        Caller caller = caller(request);
        if (caller.kind() == Caller.Kind.PLUGIN) {
            parts.registry().require(request.id());
        }
        Permission wanted = Permission.parse(request.required("permission"));
        Ruling ruling = ruling(caller, wanted);
        JsonObject json = new JsonObject()
                .put("id", caller.label())
                .put("permission", wanted.toString())
                .put("allowed", ruling.isAllowed())
                .put("text", ruling.text());
        ruling.grant().ifPresent(grant -> json.put("rule", json(grant)));
        requestOf(caller, wanted).ifPresent(asked -> json.put("request", asked));
        if (!ruling.isAllowed() && ruling.ground() != Ruling.Ground.NODE_FOLDER) {
            json.put("command", command(ruling));
        }
        return Future.succeededFuture(about(json, wanted.name()));
    }

    /** What of the manifest asks for {@code wanted}, and why. */
    private Optional<JsonObject> requestOf(Caller caller, Permission wanted) {
        return caller.kind() != Caller.Kind.PLUGIN
                ? Optional.empty()
                : plugin(caller).stream()
                        .flatMap(info -> info.manifest().permissions().stream())
                        .filter(request ->
                                Permission.parse(request.permission()).covers(wanted))
                        .findFirst()
                        .map(request -> new JsonObject()
                                .put("permission", request.permission())
                                .put("reason", request.reason()));
    }
}
