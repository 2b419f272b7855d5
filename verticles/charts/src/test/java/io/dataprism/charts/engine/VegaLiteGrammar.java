package io.dataprism.charts.engine;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Vega-Lite's own schema as a library reads it: a judge of the plugin's check that shares no code with it. */
final class VegaLiteGrammar {
    private static final Schema SCHEMA = read();

    private VegaLiteGrammar() {}

    static boolean allows(JsonObject spec) {
        return SCHEMA.validate(spec.encode(), InputFormat.JSON).isEmpty();
    }

    private static Schema read() {
        try (InputStream in = VegaLiteGrammar.class.getResourceAsStream("vega/vega-lite-schema.json")) {
            return SchemaRegistry.withDialect(Dialects.getDraft7())
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
