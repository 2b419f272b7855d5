package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "charts", "weather-import", "v2", "a-1-b"})
    void acceptsWordsJoinedByHyphens(String id) {
        assertEquals(id, new PluginId(id).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Charts",
                "1a",
                "-a",
                "a-",
                "a--b",
                "a.b",
                "a:b",
                "a b",
                "a_b",
                "é",
                "a\n",
                "plugin:x:y",
                "../a"
            })
    void refusesWhatCannotStandInATopicOrAnAddress(String id) {
        assertFalse(PluginId.isValid(id));
        PluginException refusal = assertThrows(PluginException.class, () -> new PluginId(id));
        assertEquals("DP-0101", refusal.code());
        assertTrue(refusal.getMessage().contains("Choose an id such as 'weather-import'"), refusal.getMessage());
    }

    @Test
    void isAtMost64CharactersLong() {
        assertTrue(PluginId.isValid("a".repeat(64)));
        assertFalse(PluginId.isValid("a".repeat(65)));
    }

    @Test
    void ordersByItsText() {
        assertTrue(new PluginId("charts").compareTo(new PluginId("files")) < 0);
    }
}
