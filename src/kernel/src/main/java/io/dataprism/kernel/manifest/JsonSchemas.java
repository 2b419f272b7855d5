package io.dataprism.kernel.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.regex.JDKRegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressionFactory;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * JSON Schemas (2020-12). Each is compiled in a registry of its own, so that two plugins' schemas of one {@code $id} never meet; nothing is
 * ever fetched: a {@code $ref} leads into the same schema or to the standard's own.
 */
final class JsonSchemas {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
            .build();

    /** The dialect that schemas are written in. */
    static final String ID = Dialects.getDraft202012().getId();

    private JsonSchemas() {}

    static JsonNode node(JsonObject json) {
        return node(json.encode());
    }

    static JsonNode node(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Not JSON, though written by a JSON writer: " + e.getOriginalMessage(), e);
        }
    }

    static JsonObject json(JsonNode node) {
        return new JsonObject(node.toString());
    }

    /** Compile, with everything that could fail later made to fail now. */
    static Schema compile(JsonNode schema) throws SchemaException {
        return compile(schema, DIALECT, JDKRegularExpressionFactory.getInstance());
    }

    /** The same with a limit to what its checks take. */
    static Schema compile(JsonNode schema, BoundedSchema limit) throws SchemaException {
        Dialect counted = Dialect.builder(DIALECT)
                .keywords(CountedReferences.of(limit::follow))
                .build();
        return compile(schema, counted, limit);
    }

    private static Schema compile(JsonNode schema, Dialect dialect, RegularExpressionFactory patterns)
            throws SchemaException {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ENGLISH)
                .regularExpressionFactory(patterns)
                .build();
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(dialect, builder -> builder.schemaRegistryConfig(config));
        Schema compiled = registry.getSchema(schema);
        compiled.initializeValidators();
        return compiled;
    }
}
