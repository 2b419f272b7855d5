package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.Caller;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plugins call}, of a plugin on a running node. */
class PluginsCallTest {
    @TempDir
    Path folder;

    private ControlledNode node;

    @BeforeEach
    void start() throws Exception {
        node = new ControlledNode(folder.resolve("data"));
        Path jar = new CompiledJar().source("""
                        package org.example;

                        import io.dataprism.api.Capabilities;
                        import io.dataprism.api.Plugin;
                        import io.vertx.core.Future;
                        import io.vertx.core.buffer.Buffer;
                        import io.vertx.core.json.JsonObject;

                        public final class Mirror implements Plugin {
                            public record Point(int x, int y) {}

                            @Override
                            public Capabilities capabilities() {
                                return Capabilities.of("show", call -> Future.succeededFuture(
                                                new JsonObject().put("caller", call.caller().toString()).put("body", call.body())))
                                        .and("text", call -> Future.succeededFuture("two\\nlines \\u001b[31mred"))
                                        .and("bytes", call -> Future.succeededFuture(Buffer.buffer("abc")))
                                        .and("never", call -> call.cancelled().mapEmpty())
                                        .and("fail", call -> Future.failedFuture(new IllegalStateException("no such luck")));
                            }
                        }
                        """).file("plugin.yaml", """
                        id: mirror
                        version: 1.0.0
                        main: org.example.Mirror
                        api: ^0.1.0
                        category: utility
                        capabilities: [show, text, bytes, never, fail]
                        """).build(folder.resolve("mirror.jar"));
        ControlledNode.join(node.kernel.install(ArtifactSource.path(jar)));
        ControlledNode.join(node.kernel.load("mirror"));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private CliRun call(String... words) {
        String[] all = new String[words.length + 4];
        all[0] = "plugins";
        all[1] = "call";
        System.arraycopy(words, 0, all, 2, words.length);
        all[words.length + 2] = "--data";
        all[words.length + 3] = folder.resolve("data").toString();
        return CliRun.of(all);
    }

    @Test
    void fieldsAreTheRequestAndTheOperatorIsTheCaller() {
        CliRun run = call("mirror", "show", "name=Ada", "count=3", "tags=[a, b]");
        assertEquals("", run.err());
        assertEquals(ExitCode.OK, run.exitCode());
        assertEquals("""
                {
                  "caller" : "operator",
                  "body" : {
                    "name" : "Ada",
                    "count" : 3,
                    "tags" : [ "a", "b" ]
                  }
                }
                """, run.out());
        assertEquals(
                "{\"answer\":{\"caller\":\"operator\",\"body\":\"hello\"}}\n",
                call("mirror", "show", "--body", "hello", "--json").out());
    }

    @Test
    void textsAndBytesArePrintedSoThatATerminalMayShowThem() {
        assertEquals("two\nlines \\u001b[31mred\n", call("mirror", "text").out());
        assertEquals("YWJj\n", call("mirror", "bytes").out());
    }

    @Test
    void failuresAreThePlugins() {
        assertEquals(
                "error DP-0305: The handler of 'fail' of plugin 'mirror' failed: java.lang.IllegalStateException: no such luck\n",
                call("mirror", "fail").err());
        CliRun late = call("mirror", "never", "--within", "1");
        assertEquals(ExitCode.FAILED, late.exitCode());
        assertEquals(
                "error DP-0304: No answer from 'never' of plugin 'mirror' by the deadline. Allow more time, or look at what it is busy with.\n",
                late.err());
        assertEquals(
                "error DP-0926: The request is given twice: by fields and by --body. Give one of them.\n",
                call("mirror", "show", "a=1", "--body", "x").err());
        assertEquals(
                ExitCode.USAGE, call("mirror", "show", "a=1", "--body", "x").exitCode());
        assertEquals("error DP-0301: ", call("miror", "show").err().substring(0, 15));
    }

    @Test
    void aGrantThatDoesNothingIsSaidToDoNothing() throws Exception {
        assertEquals(
                "Plugin 'mirror' does not request call:tables:query, so the grant does nothing. It requests nothing.",
                granted("mirror").getJsonArray("notes").getString(0));
        assertEquals(
                "No plugin 'miror' is installed, so the grant does nothing until one is.",
                granted("miror").getJsonArray("notes").getString(0));
    }

    private JsonObject granted(String id) throws Exception {
        return ControlledNode.join(node.kernel
                .control()
                .invoke(
                        Caller.OPERATOR,
                        "grants",
                        "add",
                        new JsonObject().put("id", id).put("permission", "call:tables:query")));
    }
}
