package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * A plugin that works on data. Its category is {@code processing}; it is called at {@code transform} ({@code {data, config}} to data), {@code analyze}
 * ({@code {data, config}} to an analysis) and {@code validate} ({@code {data, schema}} to a report).
 *
 * <pre>{@code
 * public final class Counting implements DataProcessingPlugin {
 *     public Future<Dataset> transform(Call call, Dataset data, JsonObject config) {
 *         return Future.succeededFuture(data);
 *     }
 *
 *     public Future<JsonObject> analyze(Call call, Dataset data, JsonObject config) {
 *         return data instanceof InlineRows inline
 *                 ? Future.succeededFuture(new JsonObject().put("rows", inline.rows().size()))
 *                 : Future.failedFuture(new CallException(FailureKind.INVALID, "Give the rows inline."));
 *     }
 *
 *     public Future<JsonObject> validate(Call call, Dataset data, JsonObject schema) {
 *         return Future.succeededFuture(new JsonObject().put("valid", true));
 *     }
 * }
 * }</pre>
 */
public interface DataProcessingPlugin extends Plugin {

    Future<Dataset> transform(Call call, Dataset data, JsonObject config) throws Exception;

    Future<JsonObject> analyze(Call call, Dataset data, JsonObject config) throws Exception;

    Future<JsonObject> validate(Call call, Dataset data, JsonObject schema) throws Exception;

    @Override
    default Capabilities capabilities() {
        return Capabilities.of(
                        "transform",
                        call -> transform(call, data(call), Requests.object(call, "config"))
                                .map(Dataset::toJson))
                .and("analyze", call -> analyze(call, data(call), Requests.object(call, "config")))
                .and("validate", call -> validate(call, data(call), Requests.object(call, "schema")));
    }

    private static Dataset data(Call call) {
        return Dataset.fromJson(call.json().getValue("data"));
    }
}
