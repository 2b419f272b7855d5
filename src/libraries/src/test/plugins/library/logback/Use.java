package library.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import library.LibraryPlugin;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Logs through its façade, found as a service, into memory. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%-5level %logger{0} %X{city} - %msg%n%ex{0}");
        encoder.start();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(lines);
        appender.start();
        context.getLogger("ROOT").addAppender(appender);
        MDC.put("city", "Bern");
        LoggerFactory.getLogger(Use.class).warn("has {} people", 134_000);
        return lines.toString(StandardCharsets.UTF_8).strip();
    }
}
