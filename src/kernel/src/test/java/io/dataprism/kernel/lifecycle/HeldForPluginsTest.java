package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.context.KernelPluginContext;
import io.dataprism.kernel.context.TaskBoard;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

final class HeldForPluginsTest {
    private final HeldForPlugins held = new HeldForPlugins();

    @Test
    void everyClassThatIsNamedIsThere() {
        for (String name : HeldForPlugins.OWN) {
            assertDoesNotThrow(() -> Class.forName(
                    "io.dataprism.kernel." + name, false, getClass().getClassLoader()));
        }
    }

    @Test
    void dataAndWhatIsMadeForOnePluginIsWalkedIntoAndTheNodeIsNot() {
        assertTrue(held.holds(JsonObject.class.getName()));
        assertTrue(held.holds(KernelPluginContext.class.getName()));
        assertFalse(held.holds(TaskBoard.class.getName()));
        assertFalse(held.holds(Engine.class.getName()));
        assertFalse(held.holds(Vertx.class.getName()));
    }
}
