package io.dataprism.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

@PluginTest
class LeaseTest {
    private static final String OWNER = """
            package test;

            import io.dataprism.api.*;
            import io.vertx.core.Future;
            import io.vertx.core.json.*;

            public final class Owner implements Plugin {
                private PluginContext context;

                @Override
                public Future<Void> initialize(PluginContext given) {
                    context = given;
                    return Future.succeededFuture();
                }

                @Override
                public Capabilities capabilities() {
                    return Capabilities.of("make", call -> context.tables()
                            .create(new TableSource.Rows(new JsonArray("[{\\"a\\":1}]")))
                            .map(TableHandle::toJson));
                }
            }
            """;

    private static JsonObject described(JsonObject handle) {
        return new JsonObject().put("table", handle);
    }

    @Test
    void aTableEndsWithThePluginItWasMadeFor(TestKernel kernel, PluginUnderTest tables) {
        PluginUnderTest owner = kernel.load(PluginJar.of("owner")
                .main("test.Owner")
                .source("test.Owner", OWNER)
                .capabilities("make")
                .requests("call:tables:table-*"));
        JsonObject handle = owner.call("make", new JsonObject());
        assertEquals("owner", handle.getJsonObject("$table").getString("owner"));
        assertEquals(1, tables.call("table-describe", described(handle)).getInteger("rows"));
        owner.stop();
        Await.until("the table to be freed", () -> isGone(tables, handle));
        tables.callFailure(FailureKind.INVALID, "table-describe", described(handle));
    }

    private static boolean isGone(PluginUnderTest tables, JsonObject handle) {
        try {
            tables.call("table-describe", described(handle));
            return false;
        } catch (CallException gone) {
            return true;
        }
    }
}
