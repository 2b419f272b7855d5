package io.dataprism.bench.plugin;

import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.util.function.Consumer;
import org.example.reading.Reading;

/** Subscribes to the topic and hands each record on. Anything else would be a record that had to become JSON, which is not what is measured. */
public final class RecordReceiver implements Plugin {
    @Override
    public Future<Void> initialize(PluginContext context) {
        Consumer<Object> receiver = Meeting.receiver(context);
        return context.events()
                .subscribe(context.config().getString("topic"), event -> receiver.accept((Reading) event.body()))
                .mapEmpty();
    }
}
