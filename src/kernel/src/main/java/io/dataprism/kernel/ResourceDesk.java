package io.dataprism.kernel;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.options.OptionReader;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.resource.PluginUse;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The control operations on what plugins use and may. Safe to use from any thread. */
final class ResourceDesk {
    private static final long USUAL_SECONDS = 5;
    private static final long MOST_SECONDS = 60;

    private final Kernel kernel;
    private final KernelParts parts;
    private final NodeResources resources;

    ResourceDesk(Kernel kernel, KernelParts parts, NodeResources resources) {
        this.resources = resources;
        this.kernel = kernel;
        this.parts = parts;
    }

    Map<String, Function<ControlRequest, Future<JsonObject>>> operations() {
        return Map.of(
                "resources:list",
                request -> Future.succeededFuture(list(request.text("id"))),
                "resources:history",
                request -> Future.succeededFuture(history(request)),
                "resources:measure",
                request -> parts.lifecycle().measure().map(done -> list(request.text("id"))),
                "plugins:limit",
                this::limit,
                "plugins:profile",
                this::profile);
    }

    private JsonObject list(Optional<String> of) {
        of.ifPresent(parts.registry()::require);
        List<PluginUse> uses = kernel.resources().stream()
                .filter(use -> of.map(use.plugin().value()::equals).orElse(true))
                .toList();
        return resources.node().put("plugins", resources.plugins(uses));
    }

    private JsonObject history(ControlRequest request) {
        PluginId id = parts.registry().require(request.id()).id();
        return request.idOnly().put("points", parts.resources().history(id));
    }

    private Future<JsonObject> profile(ControlRequest request) {
        PluginId id = parts.registry().require(request.id()).id();
        long seconds = request.number("seconds").orElse(USUAL_SECONDS);
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw request.wrong("seconds", "a number from 1 to " + MOST_SECONDS, seconds);
        }
        return new HostContext(parts.vertx()).deliver(parts.lifecycle().profile(id, Duration.ofSeconds(seconds)));
    }

    /** What is not said is as the node gives it again. */
    private Future<JsonObject> limit(ControlRequest request) {
        PluginId id = parts.registry().require(request.id()).id();
        JsonObject said = request.body().copy();
        said.remove("id");
        OptionReader reader = new OptionReader("", said, "DP-0804");
        Allowance read = Allowance.read(reader);
        Allowance allowance = reader.checked(() -> read).orThrow();
        return kernel.allow(id.value(), allowance)
                .map(done -> request.idOnly()
                        .put("limits", allowance.toJson())
                        .put(
                                "use",
                                parts.resources()
                                        .used(id)
                                        .map(PluginUse::toJson)
                                        .orElse(null)));
    }
}
