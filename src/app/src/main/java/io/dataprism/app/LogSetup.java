package io.dataprism.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.dataprism.app.conf.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Sets logging up without a configuration file, which would cost a command's start a quarter of a second. Everything goes to
 * standard error. {@code dataprism.log} is the level, {@code warn} unless a node runs.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static final List<String> ADVISERS =
            List.of("com.hazelcast.instance.impl.HazelcastInstanceFactory", "com.hazelcast.cp.CPSubsystem");
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayout layout = new MaskingLayout();
        layout.setContext(context);
        layout.setPattern(LINE);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger("ROOT").addAppender(appender);
        RecentLines recent = new RecentLines();
        recent.setContext(context);
        recent.start();
        context.getLogger("ROOT").addAppender(recent);
        context.getLogger("ROOT").setLevel(Level.toLevel(System.getProperty("dataprism.log"), Level.WARN));
        // It reports a configuration that cannot be read at each look; ConfWatcher reports it once, with its place.
        context.getLogger("io.vertx.config.impl.ConfigRetrieverImpl").setLevel(Level.OFF);
        quietMembership(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Of Hazelcast, which keeps the membership, an operator is told what is wrong, and who is a member. The rest is its banner, and advice
     * about what is not used here or meant so: its access to the JDK's inside, its subsystem for consistent data.
     */
    private static void quietMembership(LoggerContext context) {
        Level level = context.getLogger("ROOT").getLevel();
        if (Level.INFO.equals(level)) {
            context.getLogger("com.hazelcast").setLevel(Level.WARN);
            context.getLogger("com.hazelcast.internal.cluster.ClusterService").setLevel(Level.INFO);
        }
        if (level.isGreaterOrEqual(Level.INFO)) {
            ADVISERS.forEach(adviser -> context.getLogger(adviser).setLevel(Level.ERROR));
        }
    }

    /** Keeps the last lines for {@link RecentLog}. */
    private static final class RecentLines extends UnsynchronizedAppenderBase<ILoggingEvent> {
        private static final int MOST_CAUSES = 4;
        private static final int MOST_FRAMES = 30;

        @Override
        protected void append(ILoggingEvent event) {
            List<RecentLog.Thrown> thrown = new ArrayList<>();
            IThrowableProxy next = event.getThrowableProxy();
            while (next != null && thrown.size() < MOST_CAUSES) {
                thrown.add(new RecentLog.Thrown(
                        next.getClassName(), RecentLog.cut(String.valueOf(next.getMessage())), frames(next)));
                next = next.getCause();
            }
            RecentLog.add(new RecentLog.Line(
                    Instant.ofEpochMilli(event.getTimeStamp()),
                    event.getLevel().toString(),
                    event.getLoggerName(),
                    RecentLog.cut(event.getFormattedMessage()),
                    thrown));
        }

        private static List<String> frames(IThrowableProxy thrown) {
            return Arrays.stream(thrown.getStackTraceElementProxyArray())
                    .limit(MOST_FRAMES)
                    .map(frame -> frame.getStackTraceElement().toString())
                    .toList();
        }
    }

    /**
     * Let {@code logger} log from {@code level} on: {@code error}, {@code warn}, {@code info} or {@code debug}; empty: as all others. Until the process ends.
     *
     * @return whether this process's logging can be changed so
     */
    public static boolean level(String logger, Optional<String> level) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return false;
        }
        context.getLogger(logger).setLevel(level.map(Level::toLevel).orElse(null));
        return true;
    }

    /** From which level on {@code logger} logs, where {@link #level} said so. */
    public static Optional<String> level(String logger) {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                ? Optional.ofNullable(context.exists(logger))
                        .map(Logger::getLevel)
                        .map(level -> level.toString().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** Keeps the values of secrets out of every line, stack traces included; each begins on a line of its own, also where a bar stands. */
    private static final class MaskingLayout extends PatternLayout {
        @Override
        public String doLayout(ILoggingEvent event) {
            return Progress.clearing() + Secrets.mask(super.doLayout(event));
        }
    }
}
