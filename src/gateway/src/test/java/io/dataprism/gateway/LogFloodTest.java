package io.dataprism.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever connects or calls again and again has the first times in the log, and an answer each time. */
final class LogFloodTest {
    private static final int TIMES = 30;
    private static final int LINES = 10;

    private final BridgedKernel kernel = new BridgedKernel();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.dataprism.gateway");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        kernel.close();
    }

    private List<String> logged(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Test
    void aUserWhoCallsAgainAndAgainWhatFails() throws Exception {
        BridgeClient ada = kernel.client(BridgedKernel.ADA);
        for (int i = 0; i < TIMES; i++) {
            JsonObject failed = ada.call("plugin:echo:fail", null);
            assertEquals(305, failed.getInteger("failureCode"));
            assertTrue(
                    failed.getString("message").contains(i < LINES ? "under number" : "left the cause out"),
                    failed::encode);
        }
        assertEquals(LINES, logged("Bridge failure").size());
        ada.close();
    }

    @Test
    void whoeverConnectsWithoutAToken() throws Exception {
        HttpClient client = kernel.vertx.createHttpClient();
        for (int i = 0; i < TIMES; i++) {
            int status = BridgedKernel.await(
                    client.request(HttpMethod.GET, kernel.gateway.port(), "127.0.0.1", "/eventbus/websocket")
                            .compose(request -> request.putHeader("Connection", "Upgrade")
                                    .putHeader("Upgrade", "websocket")
                                    .putHeader("Sec-WebSocket-Version", "13")
                                    .putHeader("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
                                    .send())
                            .map(HttpClientResponse::statusCode));
            assertEquals(401, status);
        }
        assertEquals(LINES, logged("Handshake from").size(), lines::toString);
    }
}
