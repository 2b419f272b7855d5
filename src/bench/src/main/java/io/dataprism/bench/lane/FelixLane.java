package io.dataprism.bench.lane;

import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/**
 * Felix's EventAdmin, posting asynchronously. Its time-out for handlers is off, as its documentation advises for speed: on, each event costs a
 * hand-off to a timed thread, which makes it about 33 times slower.
 */
final class FelixLane extends SenderThread {
    private static final String TOPIC = "bench/topic";
    private static final String BODY = "body";

    private final Felix felix = new Felix(Map.of(
            "org.apache.felix.eventadmin.Timeout",
            "0",
            // the benchmark and the bundle share the API's classes
            Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
            "org.osgi.service.event;version=1.4.0"));
    private final EventAdmin admin;

    FelixLane() throws Exception {
        BundleContext context = felix.context();
        String location = EventAdmin.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        try (InputStream jar = URI.create(location).toURL().openStream()) {
            Bundle bundle = context.installBundle(location, jar);
            bundle.start();
        }
        admin = Objects.requireNonNull(context.getService(context.getServiceReference(EventAdmin.class)), "EventAdmin");
    }

    @Override
    public void open(List<Consumer<Object>> receivers) {
        for (Consumer<Object> receiver : receivers) {
            EventHandler handler = event -> receiver.accept(event.getProperty(BODY));
            felix.context()
                    .registerService(
                            EventHandler.class,
                            handler,
                            FrameworkUtil.asDictionary(Map.of(EventConstants.EVENT_TOPIC, TOPIC)));
        }
    }

    @Override
    public void send(Object body) {
        admin.postEvent(new Event(TOPIC, Map.of(BODY, body)));
    }

    @Override
    public void close() throws Exception {
        super.close();
        felix.close();
    }
}
