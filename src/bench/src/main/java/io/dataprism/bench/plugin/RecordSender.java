package io.dataprism.bench.plugin;

import io.dataprism.api.Events;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.example.reading.Reading;

/** Publishes a record of a shared type, whatever it is given: that would be of the class that the benchmark sees. */
public final class RecordSender implements Plugin {
    @Override
    public Future<Void> initialize(PluginContext context) {
        context.records().register(Reading.class);
        BiConsumer<Executor, Consumer<Object>> driver = Meeting.driver(context);
        Events events = context.events();
        String topic = context.config().getString("topic");
        driver.accept(context::execute, body -> events.publish(topic, Reading.ONE));
        return Future.succeededFuture();
    }
}
