package io.dataprism.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RefusalTest {
    @Test
    void theOperatorIsToldWhichOriginToAdd() {
        assertEquals(
                "DP-1004: Pages of this origin may not connect. Add the origin to 'origins'. Origin: https://console.example.com",
                Refusal.ORIGIN.logged("127.0.0.1:7780", "https://console.example.com"));
    }

    @Test
    void whatAStrangerSentIsOneShortLine() {
        assertEquals(
                "DP-1003: The Host header names another server. Connect by a loopback name, or add the name to 'hosts'. Host: "
                        + "a?b?" + "x".repeat(96) + "…",
                Refusal.HOST.logged("a\nb\u001b" + "x".repeat(500), null));
    }

    @Test
    void aTokenIsNeverTold() {
        assertEquals(Refusal.TOKEN.body().trim(), Refusal.TOKEN.logged("h", "o"));
    }
}
