package io.dataprism.kernel.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.Category;
import io.dataprism.api.DataProcessingPlugin;
import io.dataprism.api.IntegrationPlugin;
import io.dataprism.api.Plugin;
import io.dataprism.api.VisualizationPlugin;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The manifest and the API name the same capabilities. */
class CategoryCapabilitiesTest {

    private static Set<String> offered(Class<? extends Plugin> type) {
        Plugin plugin = type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> InvocationHandler.invokeDefault(proxy, method, args)));
        return plugin.capabilities().names();
    }

    @Test
    void areThoseOfTheApi() {
        assertEquals(offered(VisualizationPlugin.class), CategoryCapabilities.of(Category.VISUALIZATION));
        assertEquals(offered(DataProcessingPlugin.class), CategoryCapabilities.of(Category.PROCESSING));
        assertEquals(offered(IntegrationPlugin.class), CategoryCapabilities.of(Category.INTEGRATION));
        assertEquals(Set.of(), CategoryCapabilities.of(Category.UTILITY));
    }
}
