package io.dataprism.charts.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Requests and limits that the tests of this package share. */
final class Charts {
    private Charts() {}

    static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    static ChartRequest bars() {
        return ChartRequest.of(
                json(
                        "{'title':'Rainfall','data':{'values':[{'month':'Jan','mm':81},{'month':'Feb','mm':62.5}]},"
                                + "'mark':'bar','encoding':{'x':{'field':'month','sort':null},'y':{'field':'mm','type':'quantitative'}}}"));
    }

    static JsonArray numbers(int count) {
        JsonArray rows = new JsonArray();
        for (int i = 0; i < count; i++) {
            rows.add(new JsonObject().put("n", i));
        }
        return rows;
    }

    static ChartLimits limits(int rows, int marks, Duration time) {
        return new ChartLimits(rows, marks, time, 1 << 20, 4_000_000, 1);
    }
}
