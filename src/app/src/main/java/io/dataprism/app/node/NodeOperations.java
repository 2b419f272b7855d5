package io.dataprism.app.node;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.app.conf.Secrets;
import io.dataprism.app.control.Operations;
import io.dataprism.kernel.Kernel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** What the control socket offers: the kernel's control operations, and what only the process around it knows. Nothing shows a secret. */
final class NodeOperations implements Operations {
    private final Kernel kernel;
    private final BridgeSwitch bridge;
    private final ConfFollower follower;
    private final Selection selection;

    NodeOperations(Kernel kernel, BridgeSwitch bridge, ConfFollower follower, Selection selection) {
        this.selection = selection;
        this.kernel = kernel;
        this.bridge = bridge;
        this.follower = follower;
    }

    @Override
    public Future<JsonObject> invoke(String noun, String verb, JsonObject body) {
        if ((noun + ":" + verb).equals("config:status")) {
            return Future.succeededFuture(Secrets.mask(follower.toJson()));
        }
        return kernel.control()
                .invoke(Caller.OPERATOR, noun, verb, body)
                .map(answer -> Secrets.mask(with(noun, answer)))
                .recover(failure -> Future.failedFuture(masked(failure)));
    }

    private JsonObject with(String noun, JsonObject answer) {
        if (noun.equals("node")) {
            bridge.port().ifPresent(port -> answer.put("gatewayPort", port));
            selection.addTo(answer);
        }
        return answer;
    }

    private static Throwable masked(Throwable failure) {
        return failure instanceof PluginException known
                ? new PluginException(known.code(), Secrets.mask(String.valueOf(known.getMessage())), known)
                : failure;
    }
}
