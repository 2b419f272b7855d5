package io.dataprism.app.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.app.conf.Shipped;
import io.dataprism.kernel.store.DataFolder;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNodeTest {
    @TempDir
    Path folder;

    /** A plugin that tells how long it would draw. */
    private void charts() {
        new CompiledJar().source("""
                        package org.example;

                        import io.dataprism.api.Capabilities;
                        import io.dataprism.api.Plugin;
                        import io.dataprism.api.PluginContext;
                        import io.vertx.core.Future;

                        public final class Charts implements Plugin {
                            private PluginContext context;

                            @Override
                            public Future<Void> initialize(PluginContext given) {
                                context = given;
                                return Future.succeededFuture();
                            }

                            @Override
                            public Capabilities capabilities() {
                                return Capabilities.of("limits", call -> Future.succeededFuture(context.config()));
                            }
                        }
                        """).file("plugin.yaml", """
                        id: charts
                        version: 1.0.0
                        main: org.example.Charts
                        api: ^0.1.0
                        category: utility
                        capabilities: [limits]
                        configSchema: {type: object, properties: {maxSeconds: {type: integer, default: 30}}}
                        """).build(folder.resolve("charts.jar"));
    }

    @Test
    void aFolderThatAnotherCommandTookMeanwhileIsDoneWithout() throws Exception {
        charts();
        Path scratch = folder.resolve("scratch");
        try (DataFolder taken = DataFolder.open(scratch);
                LocalNode node = LocalNode.ofShipped(Shipped.in(folder), Optional.of(taken.path()))) {
            assertEquals(Set.of("charts"), node.catalogue().plugins().keySet());
        }
    }

    @Test
    void chartsOfACommandHaveTheTimeOfAStepAlsoOnABusyMachine() throws Exception {
        charts();
        try (LocalNode node = LocalNode.ofShipped(Shipped.in(folder))) {
            node.load(Set.of("charts"));
            assertEquals(
                    115,
                    node.calls().object("charts", "limits", new JsonObject()).getInteger("maxSeconds"));
        }
    }
}
