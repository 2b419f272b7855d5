package io.dataprism.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class OriginsTest {
    private final Origins origins = new Origins(Set.of("https://console.example.com"));

    @Test
    void aRequestThatComesFromNoPageMayConnect() {
        assertTrue(origins.allows(null, "127.0.0.1:7780"));
    }

    @Test
    void aPageOfTheGatewayItselfMayConnect() {
        assertTrue(origins.allows("http://127.0.0.1:7780", "127.0.0.1:7780"));
        assertFalse(origins.allows("http://127.0.0.1:7781", "127.0.0.1:7780"));
    }

    @Test
    void aConfiguredOriginMayConnect() {
        assertTrue(origins.allows("https://console.example.com", "127.0.0.1:7780"));
        assertFalse(origins.allows("http://console.example.com", "127.0.0.1:7780"));
        assertFalse(origins.allows("https://console.example.com.evil.test", "127.0.0.1:7780"));
        assertFalse(origins.allows("https://console.example.com:8443", "127.0.0.1:7780"));
    }

    @Test
    void neitherAFileNorASandboxedFrameMay() {
        assertFalse(origins.allows("null", "127.0.0.1:7780"));
        assertFalse(origins.allows("", "127.0.0.1:7780"));
    }
}
