package io.dataprism.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.testkit.PluginUnderTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageSandboxTest extends PageTest {
    private static String stored(PluginUnderTest puppet) {
        return puppet.<String>reply("stored", json().put("key", "theme"));
    }

    private static void store(PluginUnderTest puppet, String value) {
        tell(puppet, "store", json().put("key", "theme").put("value", value));
    }

    @Test
    @DisplayName("Sandbox Implementation: localStorage: createSecureStorage() keeps what a plugin stores, for it alone")
    void storageIsItsOwn() {
        PluginUnderTest one = puppet("one", "storage-access");
        PluginUnderTest other = puppet("other", "storage-access");
        store(one, "dark");
        assertEquals("", stored(other));
        store(other, "light");
        assertEquals("dark", stored(one));
        assertEquals("light", stored(other));
    }
}
