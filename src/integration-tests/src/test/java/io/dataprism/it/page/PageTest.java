package io.dataprism.it.page;

import io.dataprism.testkit.EventProbe;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of the original page share. Their display names are the page's own words. */
@ExtendWith(VertxExtension.class)
abstract class PageTest {
    TestKernel kernel;

    @BeforeEach
    void startKernel(Vertx vertx) {
        kernel = start(vertx);
    }

    /** A kernel with options of the test's own where it overrides this. */
    TestKernel start(Vertx vertx) {
        return TestKernel.on(vertx);
    }

    @AfterEach
    void closeKernel() {
        kernel.close();
    }

    /** A running puppet that was granted all it requests. */
    PluginUnderTest puppet(String id, String... permissions) {
        return kernel.load(Puppet.jar(id, permissions));
    }

    /** Wait until all that was published to {@code probe}'s topic before now has come to it. */
    void catchUp(EventProbe probe, String topic) {
        Object marker = "marker " + probe.seen().size();
        kernel.publish(topic, marker);
        probe.await("the marker", event -> marker.equals(event.body()));
    }

    static JsonObject json() {
        return new JsonObject();
    }

    static void tell(PluginUnderTest puppet, String what, JsonObject how) {
        puppet.reply(what, how);
    }

    static JsonArray seen(PluginUnderTest puppet) {
        JsonArray seen = puppet.<JsonArray>reply("seen", json());
        return seen == null ? new JsonArray() : seen;
    }
}
