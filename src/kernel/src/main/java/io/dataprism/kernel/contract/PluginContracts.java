package io.dataprism.kernel.contract;

import io.dataprism.kernel.manifest.Contracts;
import io.dataprism.kernel.manifest.PluginManifest;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One plugin's contracts, compiled. Immutable; safe to use from any thread. */
public final class PluginContracts {
    private static final PluginContracts NONE = new PluginContracts("", Contracts.NONE);

    private final String owner;
    private final Map<String, BodyContract> requests = new HashMap<>();
    private final Map<String, BodyContract> responses = new HashMap<>();
    private final Map<String, BodyContract> items = new HashMap<>();
    private final Map<String, BodyContract> events;
    private final Map<String, BodyContract> channels;
    private final Set<Contracts.Kind> checked;

    private PluginContracts(String owner, Contracts contracts) {
        this.owner = owner;
        contracts.capabilities().forEach((capability, contract) -> {
            contract.request().ifPresent(schema -> requests.put(capability, new BodyContract(schema)));
            contract.response().ifPresent(schema -> responses.put(capability, new BodyContract(schema)));
            contract.item().ifPresent(schema -> items.put(capability, new BodyContract(schema)));
        });
        this.events = compiled(contracts.events());
        this.channels = compiled(contracts.channels());
        this.checked = contracts.checked();
    }

    private static Map<String, BodyContract> compiled(Map<String, JsonObject> schemas) {
        Map<String, BodyContract> compiled = new HashMap<>();
        schemas.forEach((name, schema) -> compiled.put(name, new BodyContract(schema)));
        return compiled;
    }

    /** Those of {@code manifest}. Compiling takes some milliseconds for each schema. */
    public static PluginContracts of(PluginManifest manifest) {
        return manifest.contracts().areNone()
                ? NONE
                : new PluginContracts("plugin '" + manifest.id() + "' " + manifest.version(), manifest.contracts());
    }

    /** No promises. */
    public static PluginContracts none() {
        return NONE;
    }

    /** Whose they are, for messages: {@code plugin 'weather' 1.2.0}. */
    public String owner() {
        return owner;
    }

    /** What a capability takes. */
    public Optional<BodyContract> request(String capability) {
        return Optional.ofNullable(requests.get(capability));
    }

    /** What a capability answers. */
    public Optional<BodyContract> response(String capability) {
        return Optional.ofNullable(responses.get(capability));
    }

    /** What a capability streams. */
    public Optional<BodyContract> item(String capability) {
        return Optional.ofNullable(items.get(capability));
    }

    /** The events that are described, by topic. */
    public Map<String, BodyContract> events() {
        return Map.copyOf(events);
    }

    /** What is said in a channel that the plugin made. */
    public Optional<BodyContract> channel(String name) {
        return Optional.ofNullable(channels.get(name));
    }

    /** Whether messages of {@code kind} between plugins of one node are checked. What comes from elsewhere always is. */
    public boolean isChecked(Contracts.Kind kind) {
        return checked.contains(kind);
    }
}
