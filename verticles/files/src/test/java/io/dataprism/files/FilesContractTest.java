package io.dataprism.files;

import io.dataprism.testkit.PluginContract;
import io.dataprism.testkit.PluginTest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

@PluginTest(with = "../tables")
class FilesContractTest implements PluginContract {
    @Override
    public List<Sample> samples() {
        String here = Path.of("").toAbsolutePath().toString();
        return List.of(new Sample("connect", new JsonObject().put("config", new JsonObject().put("path", here))));
    }
}
