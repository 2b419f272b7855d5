package {{package}};

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.DataProcessingPlugin;
import io.dataprism.api.Dataset;
import io.dataprism.api.FailureKind;
import io.dataprism.api.InlineRows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;

/** Keeps the rows that have a value in a column. Takes rows inline; tables by handle are read with context.tables(). */
public final class {{class}} implements DataProcessingPlugin {
    @Override
    public Future<Dataset> transform(Call call, Dataset data, JsonObject config) {
        String column = config.getString("column");
        return Future.succeededFuture(new InlineRows(select(data, row -> row.getValue(column) != null)));
    }

    @Override
    public Future<JsonObject> analyze(Call call, Dataset data, JsonObject config) {
        String column = config.getString("column");
        return Future.succeededFuture(new JsonObject()
                .put("rows", rows(data).size())
                .put("missing", select(data, row -> row.getValue(column) == null).size()));
    }

    @Override
    public Future<JsonObject> validate(Call call, Dataset data, JsonObject schema) {
        String column = schema.getString("required");
        JsonArray failing = select(data, row -> row.getValue(column) == null);
        return Future.succeededFuture(new JsonObject().put("valid", failing.isEmpty()).put("failing", failing));
    }

    private static JsonArray select(Dataset data, Predicate<JsonObject> keep) {
        JsonArray kept = new JsonArray();
        rows(data).forEach(row -> {
            if (keep.test((JsonObject) row)) {
                kept.add(row);
            }
        });
        return kept;
    }

    private static JsonArray rows(Dataset data) {
        if (data instanceof InlineRows inline) {
            return inline.rows();
        }
        throw new CallException(FailureKind.INVALID, "This plugin takes rows inline, not a table handle.");
    }
}
