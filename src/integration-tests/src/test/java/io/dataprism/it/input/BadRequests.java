package io.dataprism.it.input;

import io.dataprism.testkit.TestKernel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files, statements and charts that the plugins which ship cannot make anything of. */
final class BadRequests {
    private static final String ROWS = "[{'month':'Jan','mm':3},{'month':'Feb','mm':5}]";
    private final Map<String, BadInputTest.Bad> cases = new LinkedHashMap<>();
    private final TestKernel kernel;

    BadRequests(TestKernel kernel) {
        this.kernel = kernel;
        calls();
        files();
        tables();
        charts();
    }

    Map<String, BadInputTest.Bad> cases() {
        return cases;
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    private void call(String name, String plugin, String capability, String request) {
        cases.put(name, () -> kernel.kernel().call(plugin, capability, json(request)));
    }

    private void calls() {
        call("call of a plugin that is not there", "neighbor", "ping", "{}");
        call("call of a capability that is not there", "neighbour", "pong", "{}");
        call("call of no capability's name", "neighbour", "Ping!", "{}");
    }

    /** A file of that content, fetched. */
    private void fetch(String name, String file, String content, String options) {
        cases.put(name, () -> {
            Path made = Files.writeString(kernel.folder().resolve(file), content);
            return fetch(made, json(options));
        });
    }

    private Future<?> fetch(Path file, JsonObject options) {
        JsonObject config = new JsonObject().put("path", file.toString());
        return kernel.kernel()
                .<JsonObject>call("files", "connect", new JsonObject().put("config", config))
                .compose(made -> kernel.kernel()
                        .call(
                                "files",
                                "fetch",
                                new JsonObject()
                                        .put("connection", made.getString("connection"))
                                        .put("options", options)));
    }

    private void files() {
        fetch("empty CSV", "empty.csv", "", "{}");
        fetch("ragged CSV", "ragged.csv", "a,b\n1,2\n1,2,3\n", "{}");
        fetch("CSV with a wrong option", "a.csv", "a,b\n1,2\n", "{'delimeter':';'}");
        fetch("broken JSON", "broken.json", "[{\"a\":1},{\"a\":", "{}");
        fetch("broken Parquet", "broken.parquet", "PAR1 and no more", "{}");
        cases.put("file that is not there", () -> fetch(kernel.folder().resolve("nowhere.csv"), new JsonObject()));
        call("connection to nothing", "files", "connect", "{'config':{}}");
        call("connection that was never made", "files", "fetch", "{'connection':'none'}");
    }

    private void tables() {
        sql("SQL that cannot be read", "SELEC 1");
        sql("SQL of a column that is not there", "SELECT mmm FROM data");
        sql("SQL that reads files", "SELECT * FROM read_csv('/etc/passwd')");
        sql("SQL that changes something", "DROP TABLE data");
        sql("SQL whose values do not fit", "SELECT month::INTEGER FROM data");
        call(
                "operation that is not there",
                "tables",
                "transform",
                "{'data':" + ROWS + ",'config':{'operations':[{'op':'fliter'}]}}");
        call("data that is none", "tables", "analyze", "{'data':7}");
        call(
                "handle of a table that is gone",
                "tables",
                "analyze",
                "{'data':{'$table':{'node':'bad','owner':'host','id':'gone','lease':'2030-01-01T00:00:00Z'}}}");
        call(
                "rule that is none",
                "tables",
                "validate",
                "{'data':" + ROWS + ",'schema':{'rules':[{'column':'mm','least':1}]}}");
    }

    private void sql(String name, String sql) {
        JsonObject request = json("{'data':" + ROWS + "}").put("config", new JsonObject().put("sql", sql));
        cases.put(name, () -> kernel.kernel().call("tables", "transform", request));
    }

    private void charts() {
        chart("chart spec with a wrong field", "{'mark':'bar','encoding':{'x':{'filed':'month'}}}");
        chart("chart of a column that is not there", "{'mark':'bar','encoding':{'x':{'field':'moth'}}}");
        chart("chart spec with a wrong mark", "{'mark':'bra','encoding':{}}");
        chart("chart spec without a mark", "{'encoding':{'x':{'field':'month'}}}");
        chart(
                "chart that asks for data from outside",
                "{'data':{'url':'https://example.org/a.csv'},'mark':'bar','encoding':{}}");
        call("chart of nothing said", "charts", "render", "{'data':" + ROWS + ",'config':{}}");
        call("export of no view", "charts", "export", "{'format':'svg'}");
    }

    private void chart(String name, String spec) {
        call(name, "charts", "render", "{'data':" + ROWS + ",'config':{'spec':" + spec + "}}");
    }
}
