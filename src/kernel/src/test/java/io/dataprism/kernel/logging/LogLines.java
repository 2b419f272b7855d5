package io.dataprism.kernel.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What a class writes to the log from now on. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> causes = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final @Nullable Level before;

    public LogLines(Class<?> of) {
        this(of.getName());
    }

    /** What all write whose logger's name begins so. */
    public LogLines(String loggers) {
        logger = (Logger) LoggerFactory.getLogger(loggers);
        before = logger.getLevel();
        logger.setLevel(Level.INFO);
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            causes.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }

    public List<String> seen() {
        return List.copyOf(lines);
    }

    /** The causes of lines, as an appender shows them. */
    public List<String> causes() {
        return List.copyOf(causes);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
        stop();
    }
}
