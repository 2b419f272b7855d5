package io.dataprism.kernel;

import io.dataprism.kernel.admission.Bom;
import io.dataprism.kernel.admission.Signer;
import io.dataprism.kernel.lifecycle.Vouching;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** What is known of an installed artifact: where from, which bytes, who signed it, what it says that it holds, and what is known of that. */
final class InstalledFacts {
    private InstalledFacts() {}

    /**
     * Blocks.
     *
     * @throws IOException where the artifact can't be read
     */
    static JsonObject of(PluginRegistry registry, Vouching vouching, PluginRecord record) throws IOException {
        JsonObject facts = new JsonObject()
                .put("source", record.source())
                .put("sha256", record.artifact().sha256())
                .put(
                        "signers",
                        texts(record.signers().stream()
                                .map(InstalledFacts::shown)
                                .toList()))
                .put("trusted", vouching.of(record).map(why -> "yes: " + why).orElse("no: nobody vouches for it"));
        Bom bom = Bom.of(record.artifact().file());
        if (!bom.files().isEmpty()) {
            facts.put("libraries", texts(bom.components()));
        }
        List<?> known = registry.admission().known(bom);
        return known.isEmpty() ? facts : facts.put("vulnerabilities", texts(known));
    }

    private static String shown(Signer signer) {
        return signer.subject() + " (signer:" + signer.fingerprint() + ")";
    }

    private static JsonArray texts(List<?> all) {
        JsonArray texts = new JsonArray();
        all.forEach(one -> texts.add(one.toString()));
        return texts;
    }
}
