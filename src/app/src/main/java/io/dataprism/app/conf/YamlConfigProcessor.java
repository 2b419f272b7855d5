package io.dataprism.app.conf;

import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.YamlDocument;
import io.vertx.config.spi.ConfigProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Reads configuration files for vertx-config by the core rules of YAML 1.2. The processor that comes with vertx-config reads YAML 1.1,
 * where {@code on} is a truth value and {@code 1.10} is 1.1. Found by vertx-config through the service loader.
 */
public final class YamlConfigProcessor implements ConfigProcessor {
    static final String FORMAT = "dataprism-yaml";

    @Override
    public String name() {
        return FORMAT;
    }

    @Override
    public Future<JsonObject> process(Vertx vertx, JsonObject configuration, Buffer input) {
        YamlDocument.Parsed parsed = YamlDocument.parse(configuration.getString("path", ""), input.getBytes());
        return parsed.document()
                .map(document -> Future.succeededFuture(document.json()))
                .orElseGet(() -> Future.failedFuture(
                        new IllegalArgumentException(first(parsed).toString())));
    }

    private static Problem first(YamlDocument.Parsed parsed) {
        return parsed.problems().stream().filter(Problem::isError).findFirst().orElseThrow();
    }
}
