package io.dataprism.postgres;

import io.dataprism.testkit.PluginContract;
import io.dataprism.testkit.PluginTest;
import io.vertx.core.json.JsonObject;
import java.util.List;

@PluginTest(with = "../tables")
class PostgresContractTest implements PluginContract {
    @Override
    public List<Sample> samples() {
        return List.of(new Sample("health", new JsonObject()));
    }
}
