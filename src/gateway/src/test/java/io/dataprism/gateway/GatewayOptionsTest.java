package io.dataprism.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.options.OptionProblem;
import io.dataprism.kernel.permission.PermissionRule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GatewayOptionsTest {
    private static final String TOKEN = "0123456789abcdef-ada";

    private static JsonObject tokenOf(String user, String token) {
        return new JsonObject()
                .put(
                        "tokens",
                        new JsonArray().add(new JsonObject().put("user", user).put("token", token)));
    }

    private static List<String> problems(JsonObject section) {
        return GatewayOptions.fromJson(section).problems().stream()
                .map(OptionProblem::toString)
                .toList();
    }

    @Test
    void listensOnLoopbackByDefaultAndLetsNobodyIn() {
        GatewayOptions options = GatewayOptions.fromJson(new JsonObject()).orThrow();
        assertEquals("127.0.0.1", options.host());
        assertEquals(7780, options.port());
        assertEquals(Quotas.DEFAULT, options.quotas());
        assertEquals(Optional.empty(), options.users().tokens().userOf(""));
    }

    @Test
    void readsEveryOption() {
        JsonObject section = tokenOf("ada", TOKEN)
                .put("host", "0.0.0.0")
                .put("port", 0)
                .put("allow-remote", true)
                .put("origins", new JsonArray().add("https://Console.example.com"))
                .put("hosts", "bridge.example.com")
                .put("max-frame", "64KiB")
                .put("ping-timeout", "20s");
        GatewayOptions options = GatewayOptions.fromJson(section).orThrow();
        assertEquals("0.0.0.0", options.host());
        assertEquals(Set.of("https://console.example.com"), options.origins());
        assertEquals(65_536, options.quotas().frameBytes());
        assertEquals(Duration.ofSeconds(20), options.quotas().pingTimeout());
        assertEquals(Optional.of("ada"), options.users().tokens().userOf(TOKEN));
    }

    @Test
    void refusesAnotherHostUnlessToldSo() {
        List<String> problems = problems(new JsonObject().put("host", "0.0.0.0"));
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("DP-1001 gateway.host: must be a loopback address"), problems.get(0));
        assertTrue(problems.get(0).contains("allow-remote: true"), problems.get(0));
    }

    @Test
    void aNameThatOnlyLooksLikeLoopbackIsNone() {
        for (String host : List.of("127.0.0.1.example.com", "127.1", "127.0.0.256", "localhost.example.com")) {
            assertEquals(1, problems(new JsonObject().put("host", host)).size(), host);
        }
        for (String host : List.of("localhost", "127.0.0.2", "::1")) {
            assertEquals(List.of(), problems(new JsonObject().put("host", host)), host);
        }
    }

    @Test
    void aProblemWithATokenNeverShowsIt() {
        List<String> problems = problems(tokenOf("ada", "hunter2"));
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("DP-1001 gateway.tokens[0].token: must be at least 16"), problems.get(0));
        assertFalse(problems.get(0).contains("hunter2"));
        JsonObject number = tokenOf("ada", "");
        number.getJsonArray("tokens").getJsonObject(0).put("token", 1234567);
        assertFalse(problems(number).toString().contains("1234567"));
        assertFalse(GatewayOptions.fromJson(tokenOf("ada", TOKEN)).toString().contains(TOKEN));
    }

    @Test
    void readsWhatAUserIsGranted() {
        JsonObject section = tokenOf("ada", TOKEN);
        section.getJsonArray("tokens")
                .getJsonObject(0)
                .put("grants", new JsonArray().add("call:charts:*").add("!channel:room"));
        GatewayOptions options = GatewayOptions.fromJson(section).orThrow();
        assertEquals(
                Set.of(PermissionRule.parse("call:charts:*"), PermissionRule.parse("!channel:room")),
                options.users().grants().get("ada"));
    }

    @Test
    void namesAPermissionThatThereIsNot() {
        JsonObject section = tokenOf("ada", TOKEN);
        section.getJsonArray("tokens").getJsonObject(0).put("grants", new JsonArray().add("cal:charts"));
        assertTrue(
                problems(section).get(0).startsWith("DP-1001 gateway.tokens[0].grants: "), problems(section)::toString);
    }

    @Test
    void aUserNameCannotReachOutOfItsAddress() {
        for (String user : List.of("Ada", "a:b", "ada:operator", "*", "a b", "-a")) {
            assertEquals(1, problems(tokenOf(user, TOKEN)).size(), user);
        }
    }

    @Test
    void refusesWildcardOrigins() {
        for (String origin : List.of("*", "https://*.example.com", "example.com", "https://example.com/", "null")) {
            assertEquals(1, problems(new JsonObject().put("origins", origin)).size(), origin);
        }
    }

    @Test
    void namesAnUnknownKey() {
        assertTrue(
                problems(new JsonObject().put("prot", 1)).get(0).startsWith("DP-1001 gateway.prot: is not an option"));
    }
}
