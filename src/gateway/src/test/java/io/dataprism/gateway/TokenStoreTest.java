package io.dataprism.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TokenStoreTest {
    private final TokenStore store = TokenStore.of(Map.of(
            "ada", "token-of-ada-12345",
            // The SHA-256 of token-of-bob-12345
            "bob", "sha256:969FBE6634B0A4355B2359909885EC5A332FE6BE6E8C10C7E5D071E2FDAFA058"));

    @Test
    void knowsAUserByToken() {
        assertEquals(Optional.of("ada"), store.userOf("token-of-ada-12345"));
        assertEquals(Optional.of("bob"), store.userOf("token-of-bob-12345"));
    }

    @Test
    void knowsNobodyByAnythingElse() {
        for (String token : new String[] {"", "token-of-ada-1234", "token-of-ada-123456", "ada", "sha256:3F0D"}) {
            assertEquals(Optional.empty(), store.userOf(token), token);
        }
    }

    @Test
    void aDigestIsNoToken() {
        assertEquals(
                Optional.empty(),
                store.userOf("sha256:969FBE6634B0A4355B2359909885EC5A332FE6BE6E8C10C7E5D071E2FDAFA058"));
    }
}
