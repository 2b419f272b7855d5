package io.dataprism.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.app.control.ControlAddress;
import io.dataprism.app.control.ControlServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command that waits for its node shows that it does, for as long as it takes. */
class WaitingCommandsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final StringWriter err = new StringWriter();
    private final Promise<JsonObject> answer = Promise.promise();

    @AfterEach
    void stop() throws Exception {
        join(vertx.close());
    }

    private static <T> T join(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Screen terminal() {
        String before = System.getProperty("dataprism.terminal", "none");
        System.setProperty("dataprism.terminal", "err");
        try {
            return Screen.of(new PrintWriter(new StringWriter()), new PrintWriter(err, true));
        } finally {
            System.setProperty("dataprism.terminal", before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "plugins stop greeter, stop greeter",
        "plugins remove greeter, remove greeter",
        "dead replay 7, replay 7",
        "control tasks:list, tasks:list"
    })
    void showsABarMeanwhile(String command, String bar) throws Exception {
        join(ControlServer.start(vertx, ControlAddress.in(data), (noun, verb, body) -> answer.future()));
        Screen terminal = terminal();
        CompletableFuture<Integer> end =
                CompletableFuture.supplyAsync(() -> Cli.run(terminal, (command + " --data " + data).split(" ")));
        await().atMost(SOON).until(() -> err.toString().contains(bar) || end.isDone());
        assertFalse(end.isDone(), err.toString());
        answer.complete(new JsonObject().put("id", "greeter").put("became", "handled"));
        assertEquals(ExitCode.OK, end.get(SOON.toSeconds(), TimeUnit.SECONDS));
        assertTrue(err.toString().endsWith("\r\u001b[K"), err.toString());
    }
}
