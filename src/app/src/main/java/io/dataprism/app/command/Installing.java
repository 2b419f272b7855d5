package io.dataprism.app.command;

import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/** Where a plugin is installed. Blocks. */
interface Installing {
    /** What an artifact is, asks for and reaches for, and what the policy says of it; nothing is kept. */
    JsonObject review(ArtifactSource source);

    /** Keep it; answers the plugin. */
    JsonObject install(ArtifactSource source);

    /** On a running node, by its own policy. */
    record OnNode(NodeOption node) implements Installing {
        @Override
        public JsonObject review(ArtifactSource source) {
            return node.ask("plugins", "review", body(source));
        }

        @Override
        public JsonObject install(ArtifactSource source) {
            return node.ask("plugins", "install", body(source));
        }

        private static JsonObject body(ArtifactSource source) {
            JsonObject body = new JsonObject().put("source", source.toString());
            source.sha256().ifPresent(hash -> body.put("sha256", hash));
            return body;
        }
    }

    /** In the data folder of a node that does not run, by the policy of its configuration. */
    record OnDisk(Path folder, AdmissionOptions policy) implements Installing {
        @Override
        public JsonObject review(ArtifactSource source) {
            return OfflineRegistry.review(folder, policy, source);
        }

        @Override
        public JsonObject install(ArtifactSource source) {
            return OfflineRegistry.install(folder, policy, source);
        }
    }
}
