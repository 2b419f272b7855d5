package io.dataprism.bench.program;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/**
 * Starts one plugin in a host, says {@code ready} and lives until its standard input ends. Arguments: the host's name, or {@code Vert.x} for an
 * application of one empty verticle; and the plugin's jar.
 */
public final class NodeStart {
    static final String READY = "ready";

    private NodeStart() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("Vert.x")) {
            emptyApplication();
        } else {
            PluginHost.named(arguments[0]).up("first", Path.of(arguments[1]));
        }
        Program.say(READY);
        while (System.in.read() >= 0) {
            // whoever started this process ends it by closing its input
        }
        Runtime.getRuntime().exit(0);
    }

    private static void emptyApplication() throws Exception {
        Vertx.vertx()
                .deployVerticle(new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        return Future.succeededFuture();
                    }
                })
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }
}
