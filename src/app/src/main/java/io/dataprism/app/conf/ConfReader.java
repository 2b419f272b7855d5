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
        return read("");
    }

    /** @param before what was read before, where that was not the same twice */
    private Future<ConfRead> read(String before) {
        return vertx.executeBlocking(() -> ConfDocuments.read(sources))
                .compose(documents -> checked(documents, before));
    }

    /** {@code documents}, or what stands in their place by now. */
    Future<ConfRead> checked(ConfDocuments documents) {
        return checked(documents, "");
    }

    private Future<ConfRead> checked(ConfDocuments documents, String before) {
        if (!documents.problems().isEmpty()) {
            return vertx.executeBlocking(() -> check.check(documents, documents.merged()));
        }
        ConfigRetriever retriever = retriever(vertx, sources, Duration.ZERO);
        return retriever.getConfig().eventually(retriever::close).compose(merged -> checked(documents, merged, before));
    }

    /** The files may have changed between the two readings: what is not checked is not in force. */
    private Future<ConfRead> checked(ConfDocuments documents, JsonObject merged, String before) {
        if (merged.equals(documents.merged())) {
            return vertx.executeBlocking(() -> check.check(documents, merged));
        }
        return documents.fingerprint().equals(before)
                ? Future.failedFuture(differs(sources))
                : read(documents.fingerprint());
    }

    /** Why a configuration that does not change can't be read. */
    static IllegalStateException differs(ConfSources sources) {
        return new IllegalStateException(
                "The configuration in " + sources.folder()
                        + " is not the same when it is read in two ways. This is an error of DataPrism: report it, with variables and files.");
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
                                                        .put("format", YamlConfigProcessor.FORMAT)))));
        // Each by itself: of two that can't both be, it depends on what was there before which one counts
        Variables.ofEnvironment(sources.environment())
                .documents()
                .values()
                .forEach(json -> options.addStore(json(json)));
        Variables.ofProperties(sources.properties()).documents().values().forEach(json -> options.addStore(json(json)));
        return ConfigRetriever.create(vertx, options);
    }

    private static ConfigStoreOptions json(JsonObject config) {
        return new ConfigStoreOptions().setType("json").setConfig(config);
    }
}
