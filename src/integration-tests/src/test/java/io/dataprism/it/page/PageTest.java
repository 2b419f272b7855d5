package io.dataprism.it.page;

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
        kernel = TestKernel.on(vertx);
    }

    @AfterEach
    void closeKernel() {
        kernel.close();
    }

    /** A running puppet that was granted all it requests. */
    PluginUnderTest puppet(String id, String... permissions) {
        return kernel.load(Puppet.jar(id, permissions));
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
