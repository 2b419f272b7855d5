package io.dataprism.kernel.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why something is allowed or denied, in words that say what to do. */
class RulingTest {
    private final GrantStore grants =
            new GrantStore(Clock.fixed(Instant.parse("2026-12-01T10:00:00Z"), ZoneOffset.UTC));
    private final PermissionGate gate = new PermissionGate(grants);
    private final PluginId id = new PluginId("weather");
    private final Caller plugin = Caller.plugin(id);

    private void requested(String... permissions) {
        grants.requests(
                id, "1.2.0", Arrays.stream(permissions).map(Permission::parse).toList());
    }

    private String why(String permission) {
        return gate.ruling(plugin, Permission.parse(permission)).text();
    }

    @Test
    void whatWasNotGrantedSaysWhatItWouldAllowAndWhatGrantsIt() {
        requested("network-access");
        String text =
                "Plugin 'weather' 1.2.0 may not use 'network-access:https://api.example.com:443': it was not granted. It would let it"
                        + " connect to other machines and exchange data with them (danger: high). Grant it with "
                        + " ./dataprism grants add weather 'network-access:https://api.example.com:443'  or add "
                        + " - 'network-access:https://api.example.com:443'  under  plugins.weather.grants  in conf/kernel.yaml.";
        assertEquals(text, why("network-access:https://api.example.com:443"));
        Permission wanted = Permission.parse("network-access:https://api.example.com:443");
        assertEquals(text, gate.denial(plugin, wanted).getMessage());
        grants.grant(plugin, wanted, "test", "");
        assertEquals(text, gate.denial(plugin, wanted).getMessage(), "granted since it was refused");
    }

    @Test
    void fullTrustIsCalledThat() {
        requested("vertx-access", "native-access", "process-start");
        for (String name : List.of("vertx-access", "native-access", "process-start:/bin/ls")) {
            assertTrue(
                    why(name).contains(" (full trust: with that its other permissions mean nothing). Grant it"),
                    why(name));
        }
    }

    @Test
    void whatIsNotRequestedSaysSo() {
        requested();
        assertEquals(
                "Plugin 'weather' 1.2.0 may not use 'threads': its manifest does not request it. It would let it start threads of its own,"
                        + " beside those that the kernel gives it (danger: moderate). Add it under 'permissions' in plugin.yaml, and grant it.",
                why("threads"));
        assertEquals(
                "Plugin 'weather' may not use 'threads': its manifest does not request it.",
                new PermissionGate(new GrantStore())
                        .ruling(plugin, Permission.parse("threads"))
                        .text()
                        .substring(0, 73));
    }

    @Test
    void aGrantIsNamedWithItsOrigin() {
        requested("event-publish");
        grants.give(
                plugin,
                PermissionRule.parse("event-publish:weather.*"),
                "operator",
                "for the trial",
                Term.until(Instant.parse("2027-01-31T12:00:00Z")));
        assertEquals(
                "Plugin 'weather' 1.2.0 may use 'event-publish:weather.rain': 'event-publish:weather.*' was granted by operator since"
                        + " 2026-12-01T10:00:00Z (for the trial); it holds until 2027-01-31T12:00:00Z.",
                why("event-publish:weather.rain"));
    }

    @Test
    void aDenialIsNamedWithItsOriginAndWhetherItTakesAll() {
        requested("event-subscribe");
        grants.grant(id, "event-subscribe:weather.**", "conf", "");
        grants.grant(id, "!event-subscribe:weather.secret", "conf", "");
        grants.grant(id, "!event-subscribe:weather.snow", "operator", "");
        assertTrue(gate.may(plugin, Permission.parse("event-subscribe:weather.rain")));
        assertEquals(
                "Plugin 'weather' 1.2.0 may not use 'event-subscribe:weather.**': '!event-subscribe:weather.secret' denies a part of it,"
                        + " by conf since 2026-12-01T10:00:00Z, and a denial wins over every grant. Ask for what it leaves, or remove "
                        + " - '!event-subscribe:weather.secret'  from  plugins.weather.grants  in conf/kernel.yaml.",
                why("event-subscribe:weather.**"));
        assertEquals(
                "Plugin 'weather' 1.2.0 may not use 'event-subscribe:weather.snow': '!event-subscribe:weather.snow' denies it, by operator"
                        + " since 2026-12-01T10:00:00Z, and a denial wins over every grant. Ask for something else, or take it back with "
                        + " ./dataprism grants revoke weather '!event-subscribe:weather.snow'.",
                why("event-subscribe:weather.snow"));
    }

    @Test
    void itIsTheGatesOwnAnswer() {
        requested("file-access:read", "call");
        grants.grant(id, "file-access:read:data/**", "test", "");
        grants.grant(id, "!file-access:read:data/secret/**", "test", "");
        for (String wanted : List.of(
                "file-access:read:data/a",
                "file-access:read:data/secret/a",
                "file-access:read:data/*",
                "file-access:read:data/**",
                "file-access:read",
                "file-access:write:data/a",
                "file-access:read:else",
                "call:a:b",
                "threads")) {
            Permission permission = Permission.parse(wanted);
            for (Caller caller : List.of(plugin, Caller.user("ann"), Caller.HOST, Caller.OPERATOR)) {
                assertEquals(
                        gate.may(caller, permission),
                        gate.ruling(caller, permission).isAllowed(),
                        caller + " " + wanted);
            }
        }
        assertEquals(
                "The operator may use 'threads': host and operator may do everything.",
                gate.ruling(Caller.OPERATOR, Permission.parse("threads")).text());
        assertTrue(gate.ruling(Caller.user("ann"), Permission.parse("call:a:b"))
                .text()
                .startsWith("User 'ann' may not use 'call:a:b': it was not granted."));
    }

    @Test
    void aDenialByTheAbsolutePathHoldsForTheRelativeOneAndTheOtherWayRound() throws Exception {
        String here = java.nio.file.Path.of("").toRealPath().toString();
        requested("file-access");
        grants.grant(id, "file-access:read", "test", "");
        grants.grant(id, "!file-access:read:" + here + "/secret/**", "test", "");
        grants.grant(id, "!file-access:read:hidden/*", "test", "");
        assertFalse(gate.may(plugin, Permission.parse("file-access:read:secret/a")));
        assertFalse(gate.may(plugin, Permission.parse("file-access:read:" + here + "/hidden/a")));
        assertTrue(gate.may(plugin, Permission.parse("file-access:read:/hidden/a")));
        assertTrue(gate.may(plugin, Permission.parse("file-access:read:" + here + "/else/a")));
    }

    @Test
    void anAnswerSaysHowLongItHolds() {
        requested("event-subscribe", "event-publish");
        List<Permission> asked = new ArrayList<>();
        Consent[] answer = {Consent.NO};
        gate.consent(ConsentHandler.deciding((caller, permission) -> {
            asked.add(permission);
            return Future.succeededFuture(answer[0]);
        }));
        Permission tell = Permission.parse("event-publish:a");
        Permission hear = Permission.parse("event-subscribe:a");
        assertEquals(false, gate.request(plugin, tell).result());
        answer[0] = Consent.ONCE;
        assertEquals(true, gate.request(plugin, tell).result(), "a plain no is not remembered");
        gate.require(plugin, tell);
        assertFalse(gate.may(plugin, tell));
        assertEquals(true, gate.request(plugin, hear).result());
        assertEquals(Term.WHILE_RUNNING, grants.grants(plugin).get(0).term());
        assertEquals(true, gate.request(Caller.user("ann"), hear).result());
        assertEquals(Term.FOR_GOOD, grants.grants(Caller.user("ann")).get(0).term());
        answer[0] = Consent.until(Instant.parse("2026-12-02T10:00:00Z"));
        assertEquals(true, gate.request(plugin, tell).result());
        assertEquals(
                "until 2026-12-02T10:00:00Z",
                grants.grants(plugin).get(1).term().text());
        answer[0] = Consent.NEVER;
        Permission other = Permission.parse("event-subscribe:b");
        assertEquals(false, gate.request(plugin, other).result());
        int before = asked.size();
        answer[0] = Consent.FOR_GOOD;
        assertEquals(false, gate.request(plugin, other).result());
        assertEquals(before, asked.size(), "never is an answer for good");
        assertEquals("!event-subscribe:b", grants.grants(plugin).get(2).rule().toString());
        grants.take(plugin, PermissionRule.denies(other));
        assertEquals(true, gate.request(plugin, other).result());
    }
}
