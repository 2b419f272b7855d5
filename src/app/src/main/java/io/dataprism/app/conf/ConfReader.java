package io.dataprism.app.conf;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Reads the configuration once. Works on the event loop of whoever calls; files are read elsewhere. */
public final class ConfReader {
    private final Vertx vertx;
    private final ConfSources sources;
    private final ConfCheck check;

    /** For the node that it is for. */
    public ConfReader(Vertx vertx, ConfSources sources, Shipped shipped) {
        this(vertx, sources, ConfCheck.onTheNode(sources, shipped));
    }

    private ConfReader(Vertx vertx, ConfSources sources, ConfCheck check) {
        this.vertx = vertx;
        this.sources = sources;
        this.check = check;
    }

    /** To check it elsewhere, where what it refers to may be missing: that is a warning then. What it reads is not fit for running. */
    public static ConfReader elsewhere(Vertx vertx, ConfSources sources, Shipped shipped) {
        return new ConfReader(vertx, sources, ConfCheck.elsewhere(sources, shipped));
    }

    /** Read and check. Fails only with a defect; what is wrong with the configuration is in the result. */
    public Future<ConfRead> read() {
        return vertx.executeBlocking(() -> ConfDocuments.read(sources)).compose(this::checked);
    }

    /** {@code documents}, or what stands in their place by now. */
    Future<ConfRead> checked(ConfDocuments documents) {
        if (!documents.problems().isEmpty()) {
            return vertx.executeBlocking(() -> check.check(documents, documents.merged()));
        }
        ConfigRetriever retriever = retriever(vertx, sources, Duration.ZERO);
        return retriever.getConfig().eventually(retriever::close).compose(merged -> checked(documents, merged));
    }

    /** The files may have changed between the two readings: what is not checked is not in force. */
    private Future<ConfRead> checked(ConfDocuments documents, JsonObject merged) {
        return merged.equals(documents.merged()) ? vertx.executeBlocking(() -> check.check(documents, merged)) : read();
    }

    /** vertx-config over the same sources, looking for changes every {@code period}, or never. */
    static ConfigRetriever retriever(Vertx vertx, ConfSources sources, Duration period) {
        ConfigRetrieverOptions options = new ConfigRetrieverOptions()
                .setIncludeDefaultStores(false)
                .setScanPeriod(period.isZero() ? -1 : period.toMillis())
                .addStore(new ConfigStoreOptions()
                        .setType("file")
                        .setFormat(YamlConfigProcessor.FORMAT)
                        .setConfig(new JsonObject().put("path", sources.main().toString())))
                .addStore(new ConfigStoreOptions()
                        .setType("directory")
                        .setConfig(new JsonObject()
                                .put("path", sources.folder().toString())
                                .put(
                                        "filesets",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("pattern", ConfSources.MORE + "/*" + ConfSources.ENDING)
                                                        .put("format", YamlConfigProcessor.FORMAT)))))
                .addStore(json(Variables.ofEnvironment(sources.environment()).json()))
                .addStore(json(Variables.ofProperties(sources.properties()).json()));
        return ConfigRetriever.create(vertx, options);
    }

    private static ConfigStoreOptions json(JsonObject config) {
        return new ConfigStoreOptions().setType("json").setConfig(config);
    }
}
