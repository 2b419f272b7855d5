package io.dataprism.kernel.manifest;

import io.dataprism.api.Category;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Contracts.Contract;
import io.dataprism.kernel.manifest.Dependency.OnCapability;
import io.dataprism.kernel.manifest.Dependency.OnPlugin;
import io.dataprism.kernel.manifest.ManifestJson.At;
import io.dataprism.kernel.resource.CountLimits;
import io.dataprism.kernel.supervision.BackOff;
import io.dataprism.kernel.supervision.Intensity;
import io.dataprism.kernel.supervision.Probing;
import io.dataprism.kernel.supervision.RestartPolicy;
import io.dataprism.kernel.supervision.RestartStrategy;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the manifest out of JSON that passed every check. */
final class ManifestBuilder {
    private final ManifestJson json;

    ManifestBuilder(ManifestJson json) {
        this.json = json;
    }

    PluginManifest build() {
        return new PluginManifest(
                new PluginId(required("id")),
                Version.of(required("version")),
                required("main"),
                VersionRange.of(required("api")),
                json.category().orElse(Category.UTILITY),
                json.text("description").orElse(""),
                json.capabilities(),
                set("/idempotent", ManifestJson.list(json.json(), "idempotent")),
                json.objects("dependencies").stream()
                        .map(At::value)
                        .map(ManifestBuilder::dependency)
                        .toList(),
                List.copyOf(set("/exports", ManifestJson.list(json.json(), "exports"))),
                List.copyOf(set("/nativeLibraries", ManifestJson.list(json.json(), "nativeLibraries"))),
                json.objects("permissions").stream()
                        .map(At::value)
                        .map(asked -> new RequestedPermission(
                                asked.getString("permission"),
                                asked.getString("reason"),
                                asked.getBoolean("required", false)))
                        .distinct()
                        .toList(),
                limits(json.object("limits")),
                isolation(),
                json.json().getBoolean("blocking", false),
                activation(),
                supervision(json.object("supervision")),
                json.json().containsKey("configSchema") ? Optional.of(json.object("configSchema")) : Optional.empty(),
                contracts(json.object("contracts")));
    }

    private String required(String key) {
        return json.text(key).orElseThrow();
    }

    private static Dependency dependency(JsonObject given) {
        VersionRange range =
                ManifestJson.text(given, "version").map(VersionRange::of).orElse(VersionRange.ANY);
        boolean optional = given.getBoolean("optional", false);
        return ManifestJson.text(given, "plugin")
                .map(id -> new Dependency(new OnPlugin(new PluginId(id)), range, optional))
                .orElseGet(() -> new Dependency(new OnCapability(given.getString("capability")), range, optional));
    }

    private static Limits limits(JsonObject given) {
        JsonObject mailbox = ManifestJson.object(given, "mailbox");
        JsonObject steps = ManifestJson.object(given, "steps");
        return new Limits(
                bytes(given, "memory"),
                integer(given, "cpu"),
                integer(mailbox, "messages"),
                bytes(mailbox, "bytes"),
                bytes(given, "storage"),
                CountLimits.of(given),
                new Limits.Steps(
                        duration(steps, "initialize"),
                        duration(steps, "start"),
                        duration(steps, "stop"),
                        duration(steps, "destroy")));
    }

    private static OptionalLong bytes(JsonObject given, String key) {
        return ManifestJson.text(given, key)
                .map(text -> OptionalLong.of(Quantities.bytes(text)))
                .orElse(OptionalLong.empty());
    }

    private static OptionalInt integer(JsonObject given, String key) {
        return given.getValue(key) instanceof Number number ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
    }

    private static Optional<Duration> duration(JsonObject given, String key) {
        return ManifestJson.text(given, key).map(Quantities::duration);
    }

    private Isolation isolation() {
        String label = json.text("isolation").orElse(Isolation.WORKER.label());
        return List.of(Isolation.values()).stream()
                .filter(isolation -> isolation.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private Activation activation() {
        JsonObject given = json.object("activation");
        Set<String> onCapability = set("/activation/onCapability", ManifestJson.list(given, "onCapability"));
        Set<String> onEvent = set("/activation/onEvent", ManifestJson.list(given, "onEvent"));
        boolean lazy = !onCapability.isEmpty() || !onEvent.isEmpty();
        return new Activation(given.getBoolean("onStart", !lazy), onCapability, onEvent, duration(given, "idleStop"));
    }

    private static SupervisionTerms supervision(JsonObject given) {
        JsonObject probe = ManifestJson.object(given, "probe");
        return new SupervisionTerms(
                ManifestJson.text(given, "restart").flatMap(RestartPolicy::of),
                ManifestJson.text(given, "intensity").flatMap(Intensity::parse),
                ManifestJson.text(given, "pause").flatMap(BackOff::parse),
                ManifestJson.text(given, "strategy").flatMap(RestartStrategy::of),
                probe.isEmpty() ? Optional.empty() : Optional.of(probing(probe)));
    }

    private static Probing probing(JsonObject given) {
        return new Probing(
                duration(given, "every").orElse(Probing.DEFAULT.every()),
                duration(given, "within").orElse(Probing.DEFAULT.within()),
                integer(given, "failures").orElse(Probing.DEFAULT.failures()));
    }

    private static Contracts contracts(JsonObject given) {
        JsonObject capabilities = ManifestJson.object(given, "capabilities");
        Map<String, Contract> byCapability = new LinkedHashMap<>();
        for (String name : capabilities.fieldNames()) {
            JsonObject contract = ManifestJson.object(capabilities, name);
            byCapability.put(
                    name,
                    new Contract(schema(contract, "request"), schema(contract, "response"), schema(contract, "item")));
        }
        return new Contracts(byCapability, schemas(given, "events"), schemas(given, "channels"), checked(given));
    }

    private static Map<String, JsonObject> schemas(JsonObject contracts, String key) {
        JsonObject given = ManifestJson.object(contracts, key);
        Map<String, JsonObject> schemas = new LinkedHashMap<>();
        given.fieldNames().forEach(name -> schemas.put(name, ManifestJson.object(given, name)));
        return schemas;
    }

    private static Set<Contracts.Kind> checked(JsonObject contracts) {
        if (!contracts.containsKey("checked")) {
            return Contracts.NONE.checked();
        }
        List<Object> named = ManifestJson.list(contracts, "checked").stream().toList();
        return Stream.of(Contracts.Kind.values())
                .filter(kind -> named.contains(kind.label()))
                .collect(Collectors.toSet());
    }

    private static Optional<JsonObject> schema(JsonObject contract, String key) {
        return contract.containsKey(key) ? Optional.of(ManifestJson.object(contract, key)) : Optional.empty();
    }

    private static Set<String> set(String pointer, JsonArray items) {
        Set<String> texts = new LinkedHashSet<>();
        ManifestJson.texts(pointer, items).forEach(at -> texts.add(at.value()));
        return texts;
    }
}
