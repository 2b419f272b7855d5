package io.dataprism.tables;

import io.dataprism.testkit.PluginContract;
import io.dataprism.testkit.PluginTest;
import io.vertx.core.json.JsonObject;
import java.util.List;

@PluginTest
class TablesContractTest implements PluginContract {
    @Override
    public List<Sample> samples() {
        return List.of(new Sample("analyze", new JsonObject("{\"data\":[{\"a\":1},{\"a\":2}]}")));
    }
}
