package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class NodeChecksTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(NodeChecks.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> done = new ArrayList<>();
    private boolean broken = true;

    private final NodeChecks checks = new NodeChecks()
            .with("one", () -> fail(new StackOverflowError()))
            .with("two", () -> broken ? Future.failedFuture("not now") : Future.succeededFuture())
            .with("three", () -> {
                done.add("three");
            });

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private void fail(Error failure) {
        if (broken) {
            throw failure;
        }
    }

    private List<Level> logged() {
        return log.list.stream().map(ILoggingEvent::getLevel).toList();
    }

    @Test
    void aPartThatFailsKeepsNoOtherFromBeingDone() {
        checks.check();
        assertEquals(List.of("three"), done);
    }

    @Test
    void aPartThatFailsIsLoggedWhenThatBeginsAndWhenItIsOver() {
        checks.check();
        checks.check();
        assertEquals(List.of(Level.ERROR, Level.ERROR), logged());
        broken = false;
        checks.check();
        checks.check();
        assertEquals(List.of(Level.ERROR, Level.ERROR, Level.INFO, Level.INFO), logged());
    }

    @Test
    void whatFailsIsToldWithItsCauseWhileItDoes() {
        checks.check();
        assertEquals(
                new JsonArray()
                        .add(new JsonObject().put("name", "one").put("cause", "java.lang.StackOverflowError"))
                        .add(new JsonObject()
                                .put("name", "two")
                                .put("cause", "io.vertx.core.impl.NoStackTraceThrowable: not now")),
                checks.toJson());
        broken = false;
        checks.check();
        assertEquals(new JsonArray(), checks.toJson());
    }
}
