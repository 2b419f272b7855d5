package io.dataprism.charts.large;

import io.dataprism.api.Export;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** By the plugins, called through the kernel; rows are handed on by handle. */
final class PluginsWay implements Way {
    private final Vertx vertx = Vertx.vertx();
    private final TestKernel kernel = TestKernel.on(vertx);
    private final PluginUnderTest tables = kernel.load(Path.of("..", "tables"));
    private final PluginUnderTest files = kernel.load(Path.of("..", "files"));
    private final PluginUnderTest charts = kernel.load(Path.of("target", "classes"));
    private final int count;
    private JsonObject connection = new JsonObject();
    private JsonObject data = new JsonObject();
    private JsonObject profile = new JsonObject();

    PluginsWay(Path file, int count) {
        this.count = count;
        use(file);
    }

    /** Fetch {@code file} from now on. */
    void use(Path file) {
        JsonObject config = new JsonObject().put("config", new JsonObject().put("path", file.toString()));
        connection =
                new JsonObject().put("connection", files.call("connect", config).getString("connection"));
    }

    /** What {@code analyze} told last. */
    JsonObject told() {
        return profile;
    }

    @Override
    public long fetch() {
        JsonObject fetched = files.call("fetch", connection);
        data = fetched.getJsonObject("data");
        return fetched.getJsonObject("report").getLong("rows");
    }

    @Override
    public void profile() {
        profile = tables.call("analyze", new JsonObject().put("data", data).put("config", new JsonObject()));
    }

    @Override
    public int group() {
        JsonObject config =
                new JsonObject().put("sql", PlainWay.GROUP.formatted("data")).put("as", "rows");
        return tables.<JsonArray>reply(
                        "transform", new JsonObject().put("data", data).put("config", config))
                .size();
    }

    @Override
    public List<String> chart() {
        List<String> drawn = new ArrayList<>();
        for (int rank = 1; rank <= count; rank++) {
            JsonObject config =
                    new JsonObject().put("auto", true).put("rank", rank).put("profile", profile);
            JsonObject view =
                    charts.call("render", new JsonObject().put("data", data).put("config", config));
            export(view, "png");
            drawn.add(export(view, "svg").content().toString());
            charts.reply("release", new JsonObject().put("view", view));
        }
        return drawn;
    }

    private Export export(JsonObject view, String format) {
        return Export.fromJson(
                charts.call("export", new JsonObject().put("view", view).put("format", format)));
    }

    @Override
    public void release() {
        tables.reply("table-release", new JsonObject().put("table", data));
    }

    @Override
    public void close() {
        kernel.close();
        Await.result("Vert.x to close", vertx.close());
    }
}
